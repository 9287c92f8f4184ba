//! What lies on a page: how stamps, signatures and filled-in fields look.

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::copier::{Copier, Keys};
use super::fields::draws_text;
use super::{moved, reals};

impl<'d> Copier<'d> {
    /// What stamps, signatures and filled-in fields look like: their appearance, and how it comes to its place.
    pub(super) fn appearances(&mut self, page: &'d Dictionary) -> Vec<(ObjectId, [f32; 6])> {
        let all = self.resolved(page.get(b"Annots").ok()).and_then(|all| all.as_array().ok());
        let all = all.into_iter().flatten().filter_map(|one| self.resolved(Some(one))?.as_dict().ok());
        let seen: Vec<&Dictionary> = all.filter(|annotation| self.is_seen(annotation)).collect();
        let mut appearances = Vec::new();
        for annotation in seen {
            let typed = self.typed(annotation);
            // What is typed now stands in for what was drawn before.
            let is_old = typed.is_some() && self.normal(annotation).is_some_and(|(_, own)| draws_text(own));
            let own = self.appearance(annotation).filter(|_| !is_old);
            self.is_incomplete |= own.is_none() && typed.is_none() && self.is_left_to_readers(annotation);
            let own = own.map(|(form, place)| (self.refer(form, Keys::Entries), place));
            appearances.extend(own.and_then(|(form, place)| Some((form.as_reference().ok()?, place))));
            appearances.extend(typed);
        }
        appearances
    }

    fn is_seen(&self, annotation: &'d Dictionary) -> bool {
        const HIDDEN: i64 = 0b10_0010; // hidden, or not to be viewed
        let flags = self.resolved(annotation.get(b"F").ok()).and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        let layer = annotation.get(b"OC").and_then(Object::as_reference);
        let is_hidden = layer.is_ok_and(|layer| self.layers.get(&layer) == Some(&false));
        flags & HIDDEN == 0 && !is_hidden && !matches!(kind, b"Link" | b"Popup")
    }

    /// Whether readers show something where an annotation says nothing of its look: marks, drawings, ticks. A note's sign
    /// is none of what is on the page.
    fn is_left_to_readers(&self, annotation: &'d Dictionary) -> bool {
        let name = |key: &[u8]| self.inherited(annotation, key).and_then(|name| name.as_name().ok());
        match annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default() {
            b"FreeText" | b"Line" | b"Square" | b"Circle" | b"Polygon" | b"PolyLine" | b"Highlight" | b"Underline"
            | b"Squiggly" | b"StrikeOut" | b"Stamp" | b"Caret" | b"Ink" => !annotation.has(b"AP"),
            b"Widget" if name(b"FT") == Some(b"Btn") => {
                let state = name(b"AS").or_else(|| name(b"V"));
                state.is_some_and(|state| state != b"Off") && self.normal(annotation).is_none()
            }
            _ => false,
        }
    }

    /// ISO 32000-1, 12.5.5: the appearance's box, transformed, is fitted into the annotation's rectangle.
    fn appearance(&self, annotation: &'d Dictionary) -> Option<(ObjectId, [f32; 6])> {
        let (id, form) = self.normal(annotation)?;
        let rectangle = self.rectangle(self.resolved(annotation.get(b"Rect").ok()))?;
        let bounds = self.rectangle(self.resolved(form.dict.get(b"BBox").ok()))?;
        let matrix = self.resolved(form.dict.get(b"Matrix").ok()).and_then(|matrix| self.numbers::<6>(matrix));
        let matrix = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let corners = [(bounds.0, bounds.1), (bounds.2, bounds.1), (bounds.0, bounds.3), (bounds.2, bounds.3)];
        let corners = corners.map(|corner| moved(corner, matrix));
        let span = |of: fn(&(f32, f32)) -> f32| {
            let all = corners.iter().map(of);
            (all.clone().fold(f32::MAX, f32::min), all.fold(f32::MIN, f32::max))
        };
        let ((left, right), (low, high)) = (span(|corner| corner.0), span(|corner| corner.1));
        if right - left < 0.01 || high - low < 0.01 {
            return None;
        }
        let across = (rectangle.2 - rectangle.0) / (right - left);
        let up = (rectangle.3 - rectangle.1) / (high - low);
        Some((id, [across, 0.0, 0.0, up, rectangle.0 - left * across, rectangle.1 - low * up]))
    }

    /// The stream that draws an annotation as long as nobody touches it, in the state that it is in.
    pub(super) fn normal(&self, annotation: &'d Dictionary) -> Option<(ObjectId, &'d Stream)> {
        let looks = self.resolved(annotation.get(b"AP").ok())?.as_dict().ok()?;
        let mut id = looks.get(b"N").and_then(Object::as_reference);
        let mut normal = self.resolved(looks.get(b"N").ok())?;
        if let Object::Dictionary(states) = normal {
            let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
            id = states.get(state).and_then(Object::as_reference);
            normal = self.resolved(states.get(state).ok())?;
        }
        Some((id.ok()?, normal.as_stream().ok()?))
    }

    /// A form that draws the page and then what lies on it.
    pub(super) fn with_appearances(
        &mut self,
        mut page: Stream,
        bounds: (f32, f32, f32, f32),
        matrix: [f32; 6],
        appearances: Vec<(ObjectId, [f32; 6])>,
    ) -> ObjectId {
        page.dict.set("Matrix", reals([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
        let page = self.add(page);
        let mut forms = dictionary! { "Page" => page };
        let mut content = vec!["q /Page Do Q\n".to_owned()];
        for (index, (appearance, place)) in appearances.into_iter().enumerate() {
            let name = format!("On{index}");
            let place = place.map(|number| number.to_string()).join(" ");
            content.push(format!("q {place} cm /{name} Do Q\n"));
            forms.set(name, appearance);
        }
        let head = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => reals([bounds.0, bounds.1, bounds.2, bounds.3]),
            "Matrix" => reals(matrix),
            "Resources" => dictionary! { "XObject" => forms },
        };
        self.add(Stream::new(head, content.concat().into_bytes()))
    }
}
