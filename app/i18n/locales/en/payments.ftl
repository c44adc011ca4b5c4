# Paying instalments.

refused-open-recovery = The organisation has to pay back { $amount } of earlier grants. It must do so first.
