# What is wrong with a field of any form, and how to mend it.

# Stands before the error of a field in the summary; the quoted space is kept.
error-of-field = { $label }:{" "}
error-required = Fill in this field.
error-choose = Choose an answer from the list.
error-tick = Tick this box to go on.
error-file-missing = Choose a file.
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
   *[other] Amounts in { $currency } have at most { $decimals } decimals.
}
error-amount-too-large = This amount is larger than the books can hold. Enter a smaller one.
