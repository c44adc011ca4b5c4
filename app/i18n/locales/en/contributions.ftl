# Contributions: pledges, receipts, rates of exchange, and the statement of a donor's money.

earmark-none = Not earmarked
earmark-theme-labour-migration = Theme: labour migration
earmark-theme-trafficking = Theme: trafficking in persons
earmark-theme-post-trafficking = Theme: post-trafficking
earmark-region-africa = Region: Africa
earmark-region-asia-pacific = Region: Asia and the Pacific
earmark-region-eastern-europe = Region: Eastern Europe
earmark-region-latin-america-caribbean = Region: Latin America and the Caribbean
earmark-region-western-europe-others = Region: Western Europe and other States

instrument-note-verbale = Note verbale
instrument-exchange-of-letters = Exchange of letters
instrument-agreement = Agreement
instrument-online = Online

contributions-title = Contributions
contributions-lead = What donors have pledged, what has come in, and what is still to come.

standing-pledged = Pledged
standing-received = Received
standing-outstanding = Outstanding
standing-overdue = Overdue
standing-state = Status
standing-paid = Paid
standing-expected = Expected

pledge-new = Enter a pledge
pledge-new-online = Make a pledge
pledge-lead = A pledge is counted on from the day of its paper. Money is entered when it arrives.
pledge-lead-online = You pledge for { $donor }. The secretariat sends you the bank details; the pledge appears in your statement at once.
pledge-title = Pledge of { $donor }
pledge-subtitle = Pledged on { $date }
pledge-in-usd = { $amount } at { $rate } { $currency } for one USD
pledge-donor = Donor
pledge-currency = Currency
pledge-amount = Amount
pledge-amount-hint = In the currency chosen above.
pledge-instrument = By which paper
pledge-date = Date of the pledge
pledge-earmark = Earmark
pledge-earmark-hint = Money that is not earmarked goes to where it is needed most.
pledge-psc_per_cent = Programme support costs
pledge-psc_per_cent-hint = { RULE("psc-per-cent") } per cent unless the agreement says otherwise. Set aside when the money arrives.
pledge-note = Note
pledge-instalments = Instalments
pledge-instalments-hint = Leave these rows empty when the whole amount is due on the date of the pledge. Otherwise they must add up to the amount, in the same currency.
pledge-instalments-row = Instalment { $number }
pledge-instalments-due = Due on
pledge-instalments-amount = Amount
pledge-send = Enter the pledge
pledge-receipts = Money received

receipt-new = Enter money received
receipt-lead = Enter each payment once, as the bank statement shows it. It is turned into US dollars at the United Nations rate of its month.
receipt-amount = Amount received
receipt-amount-hint = In the currency chosen below.
receipt-currency = Currency
receipt-date = Date of receipt
receipt-bank_reference = Bank reference
receipt-bank_reference-hint = As it stands on the bank statement; each one can be used once.
receipt-rate = Rate
receipt-usd = In USD
receipt-psc = Programme support costs
receipt-spent-before = Spent before (USD)
receipt-send = Enter the receipt

rates-title = Rates of exchange
rates-lead = United Nations operational rates: units of a currency for one US dollar, by month. A rate with which the books were kept is never changed; one that nothing used yet can be corrected.
rate-new = Enter one rate
rate-currency = Currency
rate-from = Holds from
rate-from-hint = The first of the month, or the day on which the rate changed within the month.
rate-units_per_usd = Units for one USD
rate-units_per_usd-hint = With a decimal point and without signs between thousands, such as 0.925 or 4100.5.
rate-send = Enter the rate
rate-import-title = Import rates
rate-import-file = File with the rates
rate-import-file-hint = CSV in UTF-8, or paste the lines below instead.
rate-import-csv = Rates as CSV, without a file
rate-import-csv-hint = One line a rate: currency, first day, units for one USD. For example EUR,2026-03-01,0.925. All lines are entered or none.
rate-import-send = Import
rate-confirmed = The rate is right as typed
rate-import-confirmed = These rates are right as they stand in the file
rate-import-confirmed-hint = Add the file once more if you chose one.
rate-title = Rate for { $currency } from { $date }
rate-unused-lead = No entry of the books used this rate yet: it can be corrected or removed. What it was stays in the audit trail.
rate-used-lead = Entries of the books were made with this rate, so it stays as it is. If it was wrong, reverse those entries and enter a new rate from a later day of the month.
rate-used-by = Entries made with this rate
rate-replace-title = Correct the rate
rate-replace-send = Correct the rate
rate-remove-title = Remove the rate
rate-remove-after = Without it, money of its month in this currency cannot be entered until another rate is there.
rate-remove-send = Remove the rate

statement-link = Statement
statement-title = Statement of { $donor }
statement-money = Where the money stands
statement-lead = What was pledged and received, on which grants it was spent, and the help that those grants reported.
statement-pledges = Pledges
statement-all-pledges = All { $total } pledges
statement-currencies = By currency
statement-grants = Grants that this money paid for
statement-grants-lead = Earmarked money goes to its purpose; the rest of a grant is borne by all contributions that are not earmarked, in proportion.
statement-grants-without-people = With more than a hundred grants, people helped are not counted grant by grant, but together below.
statement-people = People helped
statement-people-lead = People counted in the accepted reports of these grants; each grant is also paid for by other donors. Counts under { $threshold }, and others that would reveal them, are not shown, so that nobody can be recognised.
statement-people-none = No accepted report has counted people yet.
statement-people-total = All people helped:
statement-people-all = All
statement-help = Kind of help
statement-suppressed = Not shown
statement-psc = Programme support costs
statement-psc-note = Set aside when the money arrived.
statement-pledged-note = At the United Nations rates of the months of the pledges.
statement-committed = Committed to grants
statement-committed-note = Promised to grantees by agreement.
statement-disbursed = Disbursed
statement-available = Not yet committed
statement-available-note = Received, less programme support costs and commitments.
statement-overdue-note = { $amount } of it is overdue.
statement-chart = Received and disbursed by year, USD
statement-grant = Grant
statement-organisation = Organisation
statement-country = Country
statement-grant-committed = Committed from this money
statement-grant-disbursed = Disbursed from this money
statement-grant-people = People helped

done-pledged = The pledge is entered.
done-received = The receipt is entered, and its programme support costs are set aside.
done-rate-recorded = The rate is entered.
done-rates-imported = The rates are imported.
done-rates-known = Every rate of the file was known already; nothing was changed.
done-rate-replaced = The rate is corrected.
done-rate-removed = The rate is removed.

audit-pledge-made = entered the pledge
audit-pledge-receipt = entered a receipt
audit-rate-recorded = entered the rate of exchange
audit-rate-replaced = corrected the rate of exchange
audit-rate-removed = removed the rate of exchange

refused-command-malformed = The number that this form carries is not one that our pages make. Nothing was changed. Open the page again and send the form from there.
refused-command-used = This form was sent before, with other figures, and those are entered. Nothing was changed now. If this is to be entered as well, check it and send it again.
error-contribution-zero = Enter an amount worth at least one US cent.
error-pledge-before-month = Enter a day of this month, from { $from } on. For an earlier pledge, write to the Fund.
error-contribution-future = Enter today or an earlier day.
error-instalments-sum = The instalments add up to { $sum }, but the amount is { $amount }. Change one of them so that both are the same.
error-psc-by-finance = Leave this empty: only the Fund's finance officers can set programme support costs.
error-bank-reference-used = A receipt with this bank reference is entered already. Check whether this payment is the same one; if not, correct the reference.
error-rate-missing = There is no rate of exchange for { $currency } that holds on { $date }. The rate of the month that begins on { $month } must be entered first, under “Rates of exchange”.
error-rate-usd = The US dollar needs no rate: it is always 1. Choose another currency.
error-rate-comma = It is not clear whether the comma is a decimal sign. Write the rate with a decimal point and without signs between thousands, such as 0.925 or 4100.5.
error-rate-exists = The rate for { $currency } from { $date } is entered already as { $known }. If that is wrong, open it in the list: it can be corrected while no entry of the books used it. If the rate changed later, enter the day from which it did.
error-rate-unusual = { $typed } is { $change } per cent { $direction ->
    [higher] higher
   *[lower] lower
} than the rate for { $currency } from { $beside }, which is { $known }. Check the decimal sign and the currency. If the rate is right, tick the box and send it again.
error-rate-line-unusual = Line { $line }: { $typed } is { $change } per cent { $direction ->
    [higher] higher
   *[lower] lower
} than the rate for { $currency } from { $beside }, which is { $known }. Correct the line; or, if every rate named here is right, tick the box and import again.
refused-rate-used = The books used this rate first in entry { $entry } of { $date }, so it can no longer be changed. Reverse what was entered with it, and enter a new rate from a later day of the month.
error-rate-file-empty = The text holds no rates. Add one line a rate, such as EUR,2026-03-01,0.925.
error-rate-line-columns = Line { $line }: write three columns: currency, first day, units for one USD.
error-rate-line-currency = Line { $line }: “{ $value }” is not a currency that needs a rate. Use its three letters, such as EUR.
error-rate-line-date = Line { $line }: “{ $value }” is not a date. Write it as 2026-03-01.
error-rate-line-rate = Line { $line }: “{ $value }” is not a rate. Write a number above 0 with a decimal point, such as 0.925.
error-rate-line-exists = Line { $line }: the rate for { $currency } from { $date } is entered already as { $known }. Remove the line or correct it. If what is entered is wrong, open it in the list: it can be corrected while no entry of the books used it.
contributions-overdue = With an overdue instalment
statement-results = What the grants report
statement-results-lead = Targets and what accepted reports give so far, for the grants above. Small numbers are hidden. Results of people are part of the counts of people helped; other results are shown once the Fund has confirmed that they count no people.
statement-results-of-people = Not shown by itself
statement-indicator = Indicator
statement-unit = Unit
statement-target = Target
statement-achieved = So far
