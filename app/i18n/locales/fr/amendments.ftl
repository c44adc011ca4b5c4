# Avenants aux subventions : proposition, contreseing, décision, trace.

amendments-title = Avenants
amendments-lead = Les modifications des accords de subvention : qui les a proposées, contresignées et approuvées, et ce qu’elles ont changé.
amendments-number = Numéro
amendments-kind = Objet
amendments-proposed = Proposé
grants-amendments = Avenants
amendment-title = Avenant { $number }
amendment-months = { $months ->
    [one] un mois
   *[other] { $months } mois
}
amendment-propose = Proposer l’avenant
amendment-propose-increase = Augmenter le montant
amendment-propose-increase-lead = Le signataire de l’organisation contresigne, puis le directeur exécutif approuve. À l’approbation, les fonds sont engagés ; les tranches non versées augmentent d’autant et chaque ligne du budget en proportion.
amendment-propose-decrease = Réduire le montant
amendment-propose-decrease-lead = Le signataire de l’organisation contresigne, puis le directeur exécutif approuve. À l’approbation, les fonds retournent aux contributions dont ils viennent. Les tranches non versées diminuent, et chaque ligne du budget en proportion.
amendment-propose-reallocation = Déplacer des fonds dans le budget
amendment-propose-reallocation-lead = Saisissez le nouveau montant de chaque ligne ; leur somme doit être le montant attribué. Si aucune catégorie ne varie de plus de { RULE("movable-per-cent") } % du dernier budget approuvé, la modification est enregistrée aussitôt. Sinon, le signataire contresigne et le directeur exécutif approuve.
amendment-propose-extension = Prolonger sans coût
amendment-propose-extension-lead = Plus de temps, sans fonds supplémentaires. Les rapports non encore envoyés sont replanifiés. L’ensemble des prolongations ne dépasse pas { RULE("extension-months") } mois.
amendment-propose-suspension = Suspendre la subvention
amendment-propose-suspension-lead = Rien n’est versé tant qu’une subvention est suspendue ; les rapports restent dus. Le directeur exécutif approuve.
amendment-propose-resumption = Reprendre la subvention
amendment-propose-resumption-lead = Les versements redeviennent possibles dès que le directeur exécutif a approuvé.
amendment-available = { $amount } peuvent être engagés aujourd’hui pour l’objet de cette subvention.
amendment-most-decrease = Le montant peut être réduit de { $amount } au plus : ce qui n’est ni versé, ni en cours de versement, ni déjà dépensé.
amendment-available-now = Disponible aujourd’hui pour cet objet
amendment-waits-signatory = En attente du contreseing du signataire de l’organisation.
amendment-waits-director = En attente de la décision du directeur exécutif.
amendment-is-in-force = Approuvé et en vigueur.
amendment-recorded = Enregistré par le chargé de programme : aucune catégorie n’a varié de plus de { RULE("movable-per-cent") } %.
amendment-was-refused = Refusé. Tout reste comme avant.
amendment-was-withdrawn = Retiré. Tout reste comme avant.
amendment-not-yet = Pas encore
amendment-reason = Motif
amendment-proposed-by = Proposé par
amendment-countersigned-by = Contresigné par
amendment-decided-by = Décidé par
amendment-note = Note du directeur exécutif
amendment-changes = Ce qui change
amendment-what = Élément
amendment-before = Avant
amendment-after = Après
amendment-report-due = Rapport { $number }, échéance
amendment-countersign = Contresigner l’avenant
amendment-countersign-lead = Lisez ce qui change et contresignez pour votre organisation. L’avenant entre en vigueur dès que le directeur exécutif l’a approuvé.
amendment-decide = Décider de l’avenant
amendment-decide-lead = Avec votre approbation, l’avenant entre en vigueur et les comptes changent avec lui. Pour refuser, indiquez pourquoi.
amendment-approve = Approuver
amendment-refuse = Refuser
amendment-withdraw = Retirer l’avenant

amendment-amount-amount = De combien, en USD
amendment-amount-reason = Motif
amendment-amount-reason-hint = L’organisation et le directeur exécutif le lisent.
amendment-budget-reason = Motif
amendment-budget-reason-hint = L’organisation et le directeur exécutif le lisent.
amendment-budget-lines = Lignes du budget
amendment-budget-lines-row = Ligne { $number }
amendment-budget-lines-amount = Nouveau montant, en USD
amendment-extension-months = De combien de mois
amendment-extension-reason = Motif
amendment-extension-reason-hint = L’organisation et le directeur exécutif le lisent.
amendment-pause-reason = Motif
amendment-pause-reason-hint = L’organisation et le directeur exécutif le lisent.
amendment-countersign-accept = J’ai lu l’avenant et je suis autorisé à le signer pour l’organisation.
amendment-countersign-full_name = Vos nom et prénom
amendment-decision-note = Note
amendment-decision-note-hint = Nécessaire si vous refusez. L’organisation lit ce texte.

amendment-kind-increase = Augmentation du montant
amendment-kind-decrease = Réduction du montant
amendment-kind-reallocation = Réaffectation budgétaire
amendment-kind-extension = Prolongation sans coût
amendment-kind-suspension = Suspension
amendment-kind-resumption = Reprise
amendment-state-proposed = Proposé
amendment-state-countersigned = Contresigné
amendment-state-in-force = En vigueur
amendment-state-refused = Refusé
amendment-state-withdrawn = Retiré
amendment-event-countersign = Contresigner
amendment-event-approve = Approuver
amendment-event-refuse = Refuser
amendment-event-withdraw = Retirer

error-amendment-zero = Saisissez un montant supérieur à zéro.
error-amendment-above-largest = Le montant maximal de l’appel est de { $largest }. Cette subvention peut augmenter de { $left } au plus.
error-amendment-decrease = Le montant peut être réduit de { $most } au plus. Le reste est versé, en cours de versement ou dépensé.
error-amendment-lines = Saisissez un montant pour chaque ligne du budget.
error-amendment-same = Modifiez au moins une ligne.
error-amendment-sum = Les lignes s’élèvent à { $sum }. Leur somme doit être le montant attribué de { $award }.
error-amendment-months = Saisissez au moins un mois.
error-amendment-extension = { $left ->
    [0] Cette subvention ne peut plus être prolongée.
    [one] Cette subvention peut être prolongée d’un mois au plus.
   *[other] Cette subvention peut être prolongée de { $left } mois au plus.
}
error-amendment-note = Indiquez pourquoi vous refusez.
refused-amendment-transition = « { $event } » n’est pas possible tant que l’avenant est « { $state } ». Rechargez la page pour voir où il en est.
refused-amendment-state = « { $kind } » n’est pas possible tant que la subvention est « { $state } ».
refused-amendment-open = L’avenant { $number } est encore ouvert. Attendez la décision, ou retirez-le d’abord.
refused-amendment-not-countersigned = Le signataire de l’organisation n’a pas encore contresigné.
refused-amendment-no-signature = Cet avenant est une décision propre du Fonds et ne demande pas de contreseing.
refused-amendment-own = Vous avez proposé cet avenant vous-même. Une autre personne doit en décider.
refused-amendment-instalments = Le nouveau montant ne laisse pas un centime à chaque tranche non versée.
refused-amendment-final-report = Le rapport final est déjà envoyé : la subvention ne peut plus être prolongée.

done-amendment-proposed = L’avenant est enregistré.
done-amendment-countersigned = Vous avez contresigné l’avenant. Le directeur exécutif décide maintenant.
done-amendment-approved = L’avenant est en vigueur.
done-amendment-refused = L’avenant est refusé. Rien n’a été changé.
done-amendment-withdrawn = L’avenant est retiré.

audit-amendment-propose = a proposé un avenant
audit-amendment-countersign = a contresigné un avenant
audit-amendment-approve = a approuvé un avenant
audit-amendment-refuse = a refusé un avenant
audit-amendment-withdraw = a retiré un avenant

amendments-to-decide = À décider
amendments-to-countersign = À contresigner
waits-amendments = { $count ->
    [one] { $count } avenant à décider
   *[other] { $count } avenants à décider
}
waits-own-amendments = { $count ->
    [one] { $count } avenant à contresigner
   *[other] { $count } avenants à contresigner
}

mail-amendment-to-sign = Avenant à contresigner
mail-amendment-to-sign-subject = L’avenant { $number } à la subvention { $grant } attend votre signature
mail-amendment-to-sign-text =
    Le secrétariat propose de modifier la subvention { $grant } : { $kind }.

    Motif : { $reason }

    Votre signataire peut lire et contresigner l’avenant dans le système de gestion. Le directeur exécutif décide ensuite.
mail-amendment-to-sign-link = Lire l’avenant
mail-amendment-in-force = Avenant en vigueur
mail-amendment-in-force-subject = L’avenant { $number } à la subvention { $grant } est en vigueur
mail-amendment-in-force-text =
    La subvention { $grant } est modifiée : { $kind }.

    Motif : { $reason }

    La page de la subvention montre ce qui a changé.
mail-amendment-in-force-link = Lire l’avenant
mail-amendment-refused = Avenant refusé
mail-amendment-refused-subject = L’avenant { $number } à la subvention { $grant } n’est pas approuvé
mail-amendment-refused-text =
    Le directeur exécutif n’a pas approuvé l’avenant à la subvention { $grant } : { $kind }.

    Motif : { $reason }

    L’accord reste tel qu’il était.
mail-amendment-refused-link = Lire l’avenant
