//! The text of a file in the encoding that it has: by its byte order mark, by what an XML says of itself, else UTF-8, or
//! the Windows encoding of Western Europe that banks write where they write something else.

use std::borrow::Cow;

use domain::message::Message;
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes among which an XML says its encoding.
const DECLARATION: usize = 200;

/// The text of a file, without a byte order mark.
///
/// # Errors
/// An encoding that cannot be read, by its name; signs that the encoding does not have; a file that is no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Message> {
    let (encoding, bytes) = encoding_of(bytes)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or_else(|| Message::new("error-file-encoding").with("encoding", encoding.name()))?;
    // No text holds this sign; pictures, archives and encodings that were not recognised do.
    if text.contains('\0') { Err(Message::new("error-file-no-text")) } else { Ok(text) }
}

/// The encoding, and the bytes after the mark.
fn encoding_of(bytes: &[u8]) -> Result<(&'static Encoding, &[u8]), Message> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding, &bytes[mark..]));
    }
    if bytes.starts_with(b"<\0?\0") {
        return Ok((UTF_16LE, bytes));
    }
    if bytes.starts_with(b"\0<\0?") {
        return Ok((UTF_16BE, bytes));
    }
    let is_xml = bytes.trim_ascii_start().starts_with(b"<");
    let Some(name) = declared(bytes) else {
        let is_utf_8 = is_xml || std::str::from_utf8(bytes).is_ok();
        return Ok((if is_utf_8 { UTF_8 } else { WINDOWS_1252 }, bytes));
    };
    match Encoding::for_label(name.as_bytes()) {
        // Written so by programs that save their UTF-16 as UTF-8: in UTF-16 these words would not have been found.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok((UTF_8, bytes)),
        Some(encoding) if encoding != REPLACEMENT => Ok((encoding, bytes)),
        _ => Err(Message::new("error-file-encoding-unknown").with("encoding", name)),
    }
}

/// What an XML says of its encoding.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = String::from_utf8_lossy(&head[..head.len().min(DECLARATION)]).into_owned();
    let (head, _) = head.split_once("?>")?;
    let (_, after) = head.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|sign| "'\"".contains(*sign))?;
    let name = value[1..].split(quote).next()?.trim();
    Some(name.chars().take(40).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn xml(encoding: &str, name: &[u8]) -> Vec<u8> {
        [format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><a>").as_bytes(), name, b"</a>"].concat()
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_file_is_read_in_the_encoding_that_it_says_or_shows() {
        let polish = xml("ISO-8859-2", b"\xa3\xf3d\xbc");
        assert!(decode(&polish).unwrap().contains("<a>Łódź</a>"));
        assert!(decode(&xml("windows-1252", b"Z\xfcrich \x80")).unwrap().contains("Zürich €"));
        assert!(decode(&xml("utf-8", "Łódź".as_bytes())).unwrap().contains("Łódź"));
        // Says UTF-16 and is none.
        assert!(decode(&xml("UTF-16", "Łódź".as_bytes())).unwrap().contains("Łódź"));
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>Łódź</a>";
        for bytes in [
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
            utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes),
            utf_16(&format!("\u{feff}{text}"), u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        assert_eq!(decode(&utf_16("\u{feff}Łódź;1", u16::to_le_bytes)).unwrap(), "Łódź;1");
        assert_eq!(decode("\u{feff}Łódź;1".as_bytes()).unwrap(), "Łódź;1");
        assert_eq!(decode(b"Z\xfcrich;\x80").unwrap(), "Zürich;€");
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_its_name() {
        let refused = |bytes: &[u8]| decode(bytes).unwrap_err();
        let unknown = refused(&xml("IBM037", b"a"));
        assert_eq!(unknown, Message::new("error-file-encoding-unknown").with("encoding", "IBM037"));
        assert_eq!(refused(&xml("iso-2022-kr", b"a")).key, "error-file-encoding-unknown");
        let not_utf_8 = refused(&xml("UTF-8", b"Z\xfcrich"));
        assert_eq!(not_utf_8, Message::new("error-file-encoding").with("encoding", "UTF-8"));
        assert_eq!(refused(b"<a>Z\xfcrich</a>").key, "error-file-encoding");
        assert_eq!(refused(b"\xef\xbb\xbfZ\xfcrich").key, "error-file-encoding");
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").key, "error-file-no-text");
    }
}
