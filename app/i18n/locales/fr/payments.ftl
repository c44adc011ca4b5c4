# Versement des tranches.

refused-open-recovery = L’organisation doit rembourser { $amount } de subventions antérieures. Elle doit le faire d’abord.
