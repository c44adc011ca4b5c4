# Budgets of applications: categories and the Fund's rules.

budget-category-staff = Staff and other personnel
budget-category-supplies = Supplies, commodities, materials
budget-category-equipment = Equipment, vehicles, furniture
budget-category-contractual = Contractual services
budget-category-travel = Travel
budget-category-transfers = Transfers and grants to counterparts
budget-category-operating = General operating and other direct costs
budget-category-indirect = Indirect support costs

severity-error = To be mended
severity-warning = Please consider

error-budget-line-over = The amount asked ({ $requested }) and the amount from others ({ $other }) come to { $difference } more than the line costs ({ $total }). Lower one of them, or correct quantity, times or unit cost.
error-budget-line-under = The amount asked ({ $requested }) and the amount from others ({ $other }) come to { $difference } less than the line costs ({ $total }). Raise one of them, or correct quantity, times or unit cost.
error-budget-below-award = You ask for { $requested }. This call gives { $smallest } or more, up to { $largest }. Ask for more.
error-budget-above-award = You ask for { $requested }. This call gives { $largest } at most. Ask for less.
error-budget-indirect = Indirect support costs ({ $indirect }) are more than { $per_cent } per cent of the direct costs asked. Lower them to { $most } or less.
warning-budget-personnel = Personnel ({ $amount }) is more than { $per_cent } per cent of the grant. Say in the line’s purpose why so much is needed.
warning-budget-equipment = Equipment ({ $amount }) is more than { $per_cent } per cent of the grant. Say in the line’s purpose why so much is needed.
warning-budget-line-large = This line ({ $amount }) is more than { $per_cent } per cent of the grant. Split it, or say in its purpose why it is one line.
