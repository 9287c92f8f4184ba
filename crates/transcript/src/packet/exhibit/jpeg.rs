//! JPEGs within a file.

/// A JPEG without what a camera wrote beside the picture: where and by whom it was taken, and which way up it was held,
/// which no reader of a PDF heeds. Colour profiles stay. What is no whole JPEG stays as it is.
pub(super) fn plain(jpeg: &[u8]) -> Vec<u8> {
    const START_OF_SCAN: u8 = 0xda;
    // Exif and XMP, Photoshop's, comments (ITU T.81, table B.1).
    const LEFT_OUT: [u8; 3] = [0xe1, 0xed, 0xfe];
    let mut plain = jpeg.get(..2).unwrap_or(jpeg).to_vec();
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        let length = 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == START_OF_SCAN || length > rest.len() {
            break;
        }
        let (segment, after) = rest.split_at(length);
        if !LEFT_OUT.contains(&marker) {
            plain.extend_from_slice(segment);
        }
        rest = after;
    }
    plain.extend_from_slice(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_loses_what_a_camera_wrote_and_keeps_what_it_is_drawn_by() {
        let segment = |marker: u8, text: &[u8]| {
            let length = u16::try_from(text.len() + 2).unwrap_or_default().to_be_bytes();
            [&[0xff, marker], &length[..], text].concat()
        };
        let picture = [&segment(0xda, b"scan")[..], b"\xff\xe1 no segment \xff\xd9"].concat();
        let kept = [segment(0xe0, b"JFIF"), segment(0xe2, b"ICC_PROFILE"), segment(0xee, b"Adobe")].concat();
        let whole = [&b"\xff\xd8"[..], &segment(0xe1, b"Exif 40 26 N"), &kept, &segment(0xfe, b"by Maria"), &picture];
        assert_eq!(plain(&whole.concat()), [&b"\xff\xd8"[..], &kept, &picture].concat());
        for broken in [&b""[..], b"\xff", b"\xff\xd8\xff\xe1\xff\xff", b"no picture"] {
            assert_eq!(plain(broken), broken);
        }
    }
}
