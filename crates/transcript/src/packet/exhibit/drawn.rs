//! What the objects that a page is drawn with say of how it is drawn. Whatever else stands beside it acts, points back, leads
//! out of the file, or tells what is not seen: metadata, other files, data of the program that made it, where on earth
//! something is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The kinds of resources that a content can name.
pub(super) const KINDS: [&[u8]; 7] =
    [b"ColorSpace", b"ExtGState", b"Font", b"Pattern", b"Properties", b"Shading", b"XObject"];

/// The entries of dictionaries and streams (ISO 32000-1, in the order of its clauses).
pub(super) static ENTRIES: LazyLock<BTreeSet<&[u8]>> = LazyLock::new(|| {
    let words = [
        // 7.3 and 7.4: of all, and how streams are packed.
        "Type Subtype Name Filter DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine",
        "EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform",
        // 7.10: functions.
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions Bounds",
        // 8.4.5: what a graphics state sets. Screens of printing presses are left out.
        "LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM SMask CA ca AIS TK UseBlackPtComp",
        // 8.6: colours.
        "WhitePoint BlackPoint Gamma Matrix Alternate Colorants Process ColorSpace Components MixingHints Solidities",
        "PrintingOrder DotGain",
        // 8.7: patterns and shadings.
        "PatternType PaintType TilingType BBox XStep YStep Resources Shading ExtGState ShadingType Background AntiAlias",
        "Coords Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow",
        // 8.9, 8.10, 11.4: pictures, forms, groups and masks.
        "Width Height Intent ImageMask Mask Interpolate SMaskInData Matte FormType Group S CS I G BC",
        // 8.11: layers.
        "OC OCGs VE",
        // 9: fonts and how their letters are numbered.
        "BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs",
        "DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap BaseEncoding Differences Registry Ordering Supplement",
        "FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV",
        "StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Panose Lang FD CIDSet",
        "Length1 Length2 Length3 CMapName WMode UseCMap",
    ];
    words.into_iter().flat_map(str::split_ascii_whitespace).map(str::as_bytes).collect()
});
