# Budgets des demandes : catégories et règles du Fonds.

budget-category-staff = Personnel
budget-category-supplies = Fournitures, produits et matériel
budget-category-equipment = Équipement, véhicules et mobilier
budget-category-contractual = Services contractuels
budget-category-travel = Voyages
budget-category-transfers = Transferts et subventions aux partenaires
budget-category-operating = Frais généraux de fonctionnement et autres coûts directs
budget-category-indirect = Dépenses d’appui indirectes

severity-error = À corriger
severity-warning = À examiner

error-budget-line-over = Le montant demandé ({ $requested }) et l’apport d’autres sources ({ $other }) dépassent de { $difference } le coût de la ligne ({ $total }). Réduisez l’un des deux ou corrigez la quantité, le nombre de fois ou le coût unitaire.
error-budget-line-under = Le montant demandé ({ $requested }) et l’apport d’autres sources ({ $other }) sont inférieurs de { $difference } au coût de la ligne ({ $total }). Augmentez l’un des deux ou corrigez la quantité, le nombre de fois ou le coût unitaire.
error-budget-below-award = Vous demandez { $requested }. Cet appel accorde au moins { $smallest } et au plus { $largest }. Demandez davantage.
error-budget-above-award = Vous demandez { $requested }. Cet appel accorde au plus { $largest }. Demandez moins.
error-budget-indirect = Les dépenses d’appui indirectes ({ $indirect }) dépassent { $per_cent } % des coûts directs demandés. Ramenez-les à { $most } au plus.
warning-budget-personnel = Les dépenses de personnel ({ $amount }) dépassent { $per_cent } % de la subvention. Expliquez dans l’objet de la ligne pourquoi il en faut autant.
warning-budget-equipment = Les dépenses d’équipement ({ $amount }) dépassent { $per_cent } % de la subvention. Expliquez dans l’objet de la ligne pourquoi il en faut autant.
warning-budget-line-large = Cette ligne ({ $amount }) dépasse { $per_cent } % de la subvention. Divisez-la ou expliquez dans son objet pourquoi elle forme un tout.
