# What is wrong with a field of any form, and how to mend it.

# Stands before the error of a field in the summary; the quoted space is kept.
error-of-field = { $label }:{" "}
error-required = Fill in this field.
error-choose = Choose an answer from the list.
error-tick = Tick this box to go on.
error-file-missing = Choose a file.
error-file-broken = The file is broken, cut off, or of another type than it seems. Save or download it again.
error-file-no-text = The file is no text that can be read. Save it as “CSV UTF-8”, or download it again.
error-file-encoding = The file should be in the encoding “{ $encoding }”, but holds signs that do not exist in it. Download it again, or save it in UTF-8.
error-file-encoding-unknown = The file says that its encoding is “{ $encoding }”, which cannot be read. Ask for a file in UTF-8.
error-file-rows = The file has more than { $most } rows. Divide it.
error-file-columns = Row { $row }: something stands beyond column { $most }. Remove it, or choose another file.
error-file-cell = Row { $row }, column { $column }: the cell has more than { $most } characters. Shorten it. A quotation mark that is not closed may be the cause.
error-file-sum = The cells of the file hold more than { $most } MB together. Divide it.
error-file-entries = The file holds more than { $most } entries and payments. Ask the bank for fewer days at a time.
error-file-unfolded = Unpacked, the file has more than { $most } MB. Remove pictures and sheets that are not needed, or copy the rows to a new workbook.
error-file-parts = The file consists of more than { $most } parts. Save its content to a new file.
error-file-texts = The workbook holds more than { $most } different texts. Copy the rows that are needed to a new workbook.
error-file-formats = The workbook holds more than { $most } formats. Copy the rows to a new workbook as values only.
error-file-lines-more = { $count ->
    [one] One more line is wrong.
   *[other] { $count } more lines are wrong.
}
error-too-few-rows = { $least ->
    [one] Add at least one row.
   *[other] Add at least { $least } rows.
}
error-too-many-rows = { $most ->
    [one] Keep only one row.
   *[other] Keep at most { $most } rows.
}
error-no-such-choice = “{ $value }” is not one of the answers. Choose one from the list.
error-one-line = Write this on one line, without line breaks.
error-control-characters = The text holds a character that cannot be shown ({ $code }), perhaps from copying. It stands here: “{ $place }”. Delete what is between these words and type it anew.
error-too-long = { $most ->
    [one] The text has { $length } characters. Shorten it to one character.
   *[other] The text has { $length } characters. Shorten it to { $most } characters.
}
error-email = Enter an e-mail address such as name@example.org.
error-whole-number = Enter a whole number in digits, such as 12.
error-negative = Enter zero or a number above zero, without a minus sign.
error-too-large = Enter a number up to { $most }.
error-number = Enter a number in digits, such as 12.5.
error-rate-range = Enter a number above 0 and up to 10,000,000, such as 0.925.
error-too-precise = { $decimals ->
    [0] Enter a number without decimals.
    [one] Enter a number with at most one decimal.
   *[other] Enter a number with at most { $decimals } decimals.
}
error-percent-range = Enter a number from 0 to 100, such as 12.5.
error-date = Enter a date that exists, as day/month/year or year-month-day, such as 31/03/2026 or 2026-03-31.
error-clock = Enter a time from 00:00 to 23:59, such as 17:30.
error-amount = Enter an amount in digits, such as 1,250.50.
error-amount-too-precise = { $decimals ->
    [0] Amounts in { $currency } have no decimals. Enter a whole number, such as 1250.
    [one] Amounts in { $currency } have at most one decimal.
   *[other] Amounts in { $currency } have at most { $decimals } decimals. Write thousands as 33,333 or 33333.
}
error-amount-too-large = This amount is larger than the books can hold. Enter a smaller one.
error-name-address = Enter the name alone, without web or e-mail addresses.
