# Fonds disponibles pour engagement, à une date quelconque.

available-title = Disponible pour engagement
available-lead = Ce qui pouvait être engagé pour des subventions à la fin d’un jour : les recettes, moins les dépenses d’appui au programme et ce que les subventions avaient. Tous les montants sont en dollars des États-Unis et viennent des comptes.
available-date = À la fin du
available-date-wrong = Saisissez un jour, par exemple 2026-06-30. La date affichée est celle d’aujourd’hui.
available-show = Afficher
available-by-earmark = Par affectation
available-behind = Origine
available-receipts = Recettes
available-receipts-lead = Les recettes de « { $earmark } » jusqu’au { $day }, les plus anciennes d’abord : après dépenses d’appui, ce que les subventions en avaient et ce qui restait.
available-usable = Après dépenses d’appui
available-committed = Engagé pour des subventions
available-left = Reste
available-entries = Écritures
available-entries-lead = Les écritures qui ont augmenté ou réduit « { $earmark } » jusqu’au { $day }, les plus récentes d’abord.
available-entry = Écriture
available-source = Objet
available-by = Variation
available-any-day = Ce qui était disponible à une date quelconque, avec les recettes et écritures correspondantes
