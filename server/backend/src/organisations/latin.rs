//! Text as banks carry it. Payment systems take Latin letters, digits and a few signs (the SWIFT character set X, which the
//! European Payments Council requires as well, EPC217-08); what its guidance replaces is replaced, other scripts are not.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text without accents and typographic signs; none where it has letters that nobody can spell for its writer, or
/// says nothing.
pub(crate) fn latin(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)) {
        match sign {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '-' | '?' | ':' | '(' | ')' | '.' | ',' | '\'' | '+' => {
                plain.push(sign)
            }
            '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '`' | '"' | '«' | '»' => plain.push('\''),
            '\u{2010}'..='\u{2015}' | '_' => plain.push('-'),
            '&' => plain.push('+'),
            ';' => plain.push(','),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'Æ' => plain.push_str("AE"),
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("OE"),
            'ø' => plain.push('o'),
            'Ø' => plain.push('O'),
            'ł' => plain.push('l'),
            'Ł' => plain.push('L'),
            'đ' | 'ð' => plain.push('d'),
            'Đ' | 'Ð' => plain.push('D'),
            'þ' => plain.push_str("th"),
            'Þ' => plain.push_str("Th"),
            'ı' => plain.push('i'),
            sign if sign.is_whitespace() => plain.push(' '),
            _ => return None,
        }
    }
    // A text neither begins nor ends with a slash, nor has two of them together: they steer the message there.
    let words: Vec<&str> = plain.split_whitespace().collect();
    let parts: Vec<String> = words.join(" ").split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let plain = parts.join("/");
    plain.bytes().any(|sign| sign.is_ascii_alphanumeric()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fall_away_and_other_scripts_are_left_to_their_writers() {
        for (typed, carried) in [
            ("Casa Aurora", "Casa Aurora"),
            ("Associação São José – Recife", "Associacao Sao Jose - Recife"),
            ("Łódź & Großmünster; Ægir", "Lodz + Grossmunster, AEgir"),
            ("Women\u{2019}s “Shelter”", "Women\'s \'Shelter\'"),
            ("//Aid//Home/ ", "Aid/Home"),
            ("  two\u{a0} blanks ", "two blanks"),
        ] {
            assert_eq!(latin(typed).as_deref(), Some(carried));
        }
        for other in ["आश्रय नेपाल", "دار الأمان", "Дом", "希望之家", "Casa 家", "", " / - ", "a\u{1f3e0}", "50 €"]
        {
            assert_eq!(latin(other), None, "{other}");
        }
    }
}
