//! The pseudo-locale: every translated text in brackets and accented letters, so that a plain text on the
//! screen is one that escaped translation.

/// Accents the letters and puts brackets around.
pub fn mirror(text: &str) -> String {
    const PLAIN: &str = "aeiouyncAEIOUYNC";
    const ACCENTED: &str = "àéîôûýñçÀÉÎÔÛÝÑÇ";
    let accent = |letter: char| {
        PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, accented)| accented)
    };
    format!("⟦{}⟧", text.chars().map(accent).collect::<String>())
}
