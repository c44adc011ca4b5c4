//! Draws a letter as an accessible PDF of two pages. It depends on the letter only: no clock, no random number, so that
//! the same letter gives the same bytes.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

use super::Letter;
use crate::error::{Error, Result};

/// A4 in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 68.0;
const TEXT: f32 = 10.5;
const LEADING: f32 = 16.0;
/// Where the values of the receipt begin.
const VALUES: f32 = 200.0;

/// A face of a font, with what is needed to measure it.
struct Face {
    font: Font,
    data: &'static [u8],
}

impl Face {
    fn new(data: &'static [u8]) -> Result<Self> {
        let font = Font::new(data.into(), 0).ok_or_else(|| Error::Defect("the letters' font is broken".to_owned()))?;
        Ok(Self { font, data })
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        let Ok(face) = skrifa::FontRef::new(self.data) else { return 0.0 };
        let (signs, metrics) = (face.charmap(), face.glyph_metrics(Size::new(size), LocationRef::default()));
        text.chars().map(|sign| metrics.advance_width(signs.map(sign).unwrap_or_default()).unwrap_or(0.0)).sum()
    }

    /// Breaks a text at its spaces into lines that fit; a no-break space holds together.
    fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if !line.is_empty() && self.width(&longer, size) > width {
                    lines.push(std::mem::replace(&mut line, word.to_owned()));
                } else {
                    line = longer;
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// What is drawn, from the top downwards, with its place in the order of reading.
struct Sheet<'a, 'b> {
    surface: Surface<'b>,
    y: f32,
    tree: &'a mut Vec<TagGroup>,
}

impl Sheet<'_, '_> {
    /// A paragraph, or a heading, of lines that fit into the width from `x`.
    fn block(&mut self, face: &Face, size: f32, x: f32, text: &str, mut group: TagGroup) {
        for line in face.lines(text, size, WIDTH - MARGIN - x) {
            self.y += LEADING * (size / TEXT).max(1.0);
            if line.is_empty() {
                continue;
            }
            let mark = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let at = Point::from_xy(x, self.y);
            self.surface.draw_text(at, face.font.clone(), size, &line, false, TextDirection::Auto);
            self.surface.end_tagged();
            group.push(mark);
        }
        self.tree.push(group);
    }

    fn paragraph(&mut self, face: &Face, text: &str) {
        self.block(face, TEXT, MARGIN, text, TagGroup::new(Tag::P));
    }

    fn heading(&mut self, face: &Face, level: u16, text: &str) {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.block(face, 15.0, MARGIN, text, TagGroup::new(Tag::Hn(level, Some(text.to_owned()))));
    }

    fn space(&mut self, lines: f32) {
        self.y += lines * LEADING;
    }
}

/// Draws a letter.
///
/// # Errors
/// A defect, should the font be broken or the writer refuse.
pub(super) fn draw(letter: &Letter) -> Result<Vec<u8>> {
    draw_with(letter, SerializeSettings::default())
}

fn draw_with(letter: &Letter, how: SerializeSettings) -> Result<Vec<u8>> {
    let (plain, bold) = (Face::new(dejavu::sans::regular())?, Face::new(dejavu::sans::bold())?);
    let settings =
        PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Error::Defect("no page of that size".to_owned()))?;
    let mut document = Document::new_with(how);
    document.set_metadata(
        Metadata::new()
            .title(letter.subject.clone())
            .language(letter.language.clone())
            .authors(letter.sender.iter().take(1).cloned().collect())
            .document_id(letter.number.clone()),
    );
    let mut groups = Vec::new();
    let sides: [fn(&mut Sheet<'_, '_>, &Letter, &Face, &Face); 2] = [front, back];
    for side in sides {
        let mut page = document.start_page_with(settings.clone());
        let mut sheet = Sheet { surface: page.surface(), y: MARGIN, tree: &mut groups };
        side(&mut sheet, letter, &plain, &bold);
        drop(sheet);
        page.finish();
    }
    let mut tree = TagTree::new();
    for group in groups {
        tree.push(group);
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|cause| Error::Defect(format!("letter {}: {cause:?}", letter.number)))
}

/// The letter.
fn front(sheet: &mut Sheet<'_, '_>, letter: &Letter, plain: &Face, bold: &Face) {
    for (at, line) in letter.sender.iter().enumerate() {
        sheet.paragraph(if at == 0 { bold } else { plain }, line);
    }
    sheet.space(2.0);
    for line in &letter.recipient {
        sheet.paragraph(plain, line);
    }
    sheet.space(1.5);
    sheet.paragraph(plain, &letter.dated);
    sheet.space(1.0);
    sheet.heading(bold, 1, &letter.subject);
    for paragraph in &letter.paragraphs {
        sheet.space(0.7);
        sheet.paragraph(plain, paragraph);
    }
}

/// The receipt.
fn back(sheet: &mut Sheet<'_, '_>, letter: &Letter, plain: &Face, bold: &Face) {
    for (at, line) in letter.sender.iter().enumerate() {
        sheet.paragraph(if at == 0 { bold } else { plain }, line);
    }
    sheet.space(2.0);
    sheet.heading(bold, 1, &letter.receipt_title);
    sheet.space(0.7);
    for (name, value) in &letter.rows {
        let top = sheet.y;
        sheet.block(bold, TEXT, MARGIN, name, TagGroup::new(Tag::P));
        let left = sheet.y;
        // Long names would run into the values: those go below them.
        if bold.width(name, TEXT) < VALUES - 8.0 {
            sheet.y = top;
        }
        sheet.block(plain, TEXT, MARGIN + VALUES, value, TagGroup::new(Tag::P));
        sheet.y = sheet.y.max(left);
    }
    for note in &letter.notes {
        sheet.space(1.5);
        sheet.paragraph(plain, note);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            number: "L-2026-0001".to_owned(),
            language: "fr".to_owned(),
            sender: vec!["Fonds".to_owned(), "Vienne".to_owned()],
            recipient: vec!["Hélène Çelik".to_owned(), "Łódź".to_owned()],
            dated: "Vienne, le 1 juin 2026".to_owned(),
            subject: "Votre contribution de 1\u{202f}000,00\u{a0}EUR".to_owned(),
            paragraphs: vec!["Œuvre à bâtir — « déjà » ".repeat(40)],
            receipt_title: "Reçu L-2026-0001".to_owned(),
            rows: vec![("Montant".to_owned(), "1\u{202f}000,00\u{a0}EUR".to_owned())],
            notes: vec!["Un reçu n’a qu’un numéro.".to_owned()],
        }
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes() {
        let first = draw(&letter()).unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(draw(&letter()).unwrap(), first);
        assert_ne!(draw(&Letter { number: "L-2026-0002".to_owned(), ..letter() }).unwrap(), first);
    }

    #[test]
    fn every_sign_has_its_glyph_and_can_be_read_back() {
        let plain = SerializeSettings { compress_content_streams: false, ascii_compatible: true, ..Default::default() };
        let text = String::from_utf8_lossy(&draw_with(&letter(), plain).unwrap()).to_lowercase();
        // é, Ç, Ł, ź, œ's capital, the dash, and the narrow no-break space of French numbers.
        for code in ["<00e9>", "<00c7>", "<0141>", "<017a>", "<0152>", "<2014>", "<202f>"] {
            assert!(text.contains(code), "{code} is not in the map from glyphs to signs");
        }
        let face = Face::new(dejavu::sans::regular()).unwrap();
        let signs = skrifa::FontRef::new(face.data).unwrap().charmap();
        assert!("éÇŁźŒ—«»’\u{202f}\u{a0}€".chars().all(|sign| signs.map(sign).is_some()));
    }

    #[test]
    fn long_paragraphs_are_broken_into_lines_that_fit() {
        let face = Face::new(dejavu::sans::regular()).unwrap();
        let lines = face.lines(&letter().paragraphs[0], TEXT, 300.0);
        assert!(lines.len() > 5);
        assert!(lines.iter().all(|line| face.width(line, TEXT) <= 300.0));
        assert_eq!(lines.join(" ").split_whitespace().count(), letter().paragraphs[0].split_whitespace().count());
    }
}
