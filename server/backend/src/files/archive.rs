//! Zip archives, such as workbooks and text documents are. What an archive says of the sizes of its parts is a claim like
//! any other: each part is unfolded as far as the limit, and kept nowhere.

use std::io::{BufRead, BufReader, Cursor, Read as _};

use domain::message::Message;
use zip::ZipArchive;

use super::{MEGABYTE, broken, too_many};

/// Most parts; a long text with many pictures has some hundred.
const MOST_PARTS: usize = 2_000;

/// Shows each part of an archive, by its name, to `look`.
///
/// # Errors
/// An archive that is broken, has too many parts or unfolds to more than so many bytes; what `look` refuses.
pub(crate) fn look_through(
    bytes: &[u8],
    most: usize,
    mut look: impl FnMut(&str, &mut dyn BufRead) -> Result<(), Message>,
) -> Result<(), Message> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MOST_PARTS {
        return Err(too_many("parts", MOST_PARTS));
    }
    let mut left = u64::try_from(most).unwrap_or(u64::MAX);
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| broken())?;
        let name = part.name().map_err(|_| broken())?.into_owned();
        let mut reader = BufReader::new(part.take(left));
        let looked = look(&name, &mut reader);
        std::io::copy(&mut reader, &mut std::io::sink()).map_err(|_| broken())?;
        left = reader.get_ref().limit();
        if left == 0 {
            return Err(too_many("unfolded", most / MEGABYTE));
        }
        looked?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(parts: usize, bytes: usize) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for part in 0..parts {
            zip.start_file(format!("part{part}"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&vec![0; bytes]).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn an_archive_is_measured_by_unfolding_it_whatever_its_directory_says() {
        let mut bytes = archive(3, 500_000);
        let mut seen = Vec::new();
        let look = |name: &str, _: &mut dyn BufRead| {
            seen.push(name.to_owned());
            Ok(())
        };
        assert_eq!(look_through(&bytes, 2 * MEGABYTE, look), Ok(()));
        assert_eq!(seen, ["part0", "part1", "part2"]);
        assert_eq!(look_through(&bytes, MEGABYTE, |_, _| Ok(())), Err(too_many("unfolded", 1)));
        // The directory claims that the first part has one byte.
        let size = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap() + 24;
        bytes[size..size + 4].copy_from_slice(&1_u32.to_le_bytes());
        assert!(look_through(&bytes, MEGABYTE, |_, _| Ok(())).is_err());
        assert_eq!(look_through(&archive(2_001, 0), MEGABYTE, |_, _| Ok(())), Err(too_many("parts", 2_000)));
    }
}
