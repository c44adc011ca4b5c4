# A scenario for the Board: what would remain.

scenario-title = What would remain
scenario-lead = { $title }: tick applications to see what approving them, one after another from the best score on, would leave of each earmark. Nothing is decided or reserved by it.
scenario-none = Tick the applications that you think of and press “Show what would remain”.
scenario-fits = { $count ->
    [one] The application of { $amount } is covered.
   *[other] All { $count } applications, { $amount } together, are covered.
}
scenario-beyond = { $beyond ->
    [one] Of { $count } applications over { $amount } together, one no longer fits.
   *[other] Of { $count } applications over { $amount } together, { $beyond } no longer fit.
}
scenario-money = Money by earmark
scenario-now = Available now
scenario-taken = Would be committed
scenario-left = Would remain
scenario-applications = Applications
scenario-tick = Application
scenario-amount = Recommended, or else asked
scenario-outcome = In this scenario
scenario-empty = No application here waits for money.
scenario-show = Show what would remain
scenario-covered = Covered
scenario-no-longer = No longer fits
scenario-not-covered = Only { $available } would be left for its purpose.
scenario-elsewhere = { $count ->
    [one] One ticked application on another page is part of this, too. Go to that page to take it out.
   *[other] { $count } ticked applications on other pages are part of this, too. Go to those pages to take them out.
}
