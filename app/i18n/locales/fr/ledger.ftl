# La comptabilité : plan comptable, événements, situation du Fonds.

account-1000 = Avoirs en banque
account-1100 = Contributions à recevoir
account-1200 = Avances aux partenaires
account-1210 = Recouvrements à recevoir
account-2000 = Paiements approuvés
account-2010 = Paiements en cours
account-2100 = Dépenses d’appui au programme mises de côté
account-2200 = Encaissements non identifiés
account-4000 = Produits des contributions
account-4900 = Différences de change
account-5000 = Dépenses de subvention
account-5100 = Dépenses d’appui au programme
account-5200 = Annonces dépréciées
account-5210 = Recouvrements abandonnés
account-5300 = Frais bancaires
account-9000 = Engagements ouverts
account-9010 = Engagements, contrepartie
account-9100 = Décaissements demandés
account-9110 = Décaissements certifiés
account-9190 = Décaissements, contrepartie

ledger-event = Événement
ledger-event-pledge = Annonce
ledger-event-receipt = Encaissement
ledger-event-commitment = Engagement
ledger-event-commitment-cancelled = Engagement annulé
ledger-event-disbursement-requested = Décaissement demandé
ledger-event-disbursement-certified = Décaissement certifié
ledger-event-disbursement-approved = Décaissement approuvé
ledger-event-disbursement-released = Décaissement ordonné
ledger-event-disbursement-confirmed = Décaissement confirmé
ledger-event-disbursement-rejected = Décaissement rejeté
ledger-event-disbursement-failed = Décaissement échoué
ledger-event-disbursement-voided = Décaissement annulé
ledger-event-report-accepted = Rapport accepté
ledger-event-expenditure-waiting = Des dépenses acceptées attendent de nouveau un paiement
ledger-event-pledge-amended = Annonce modifiée
ledger-event-pledge-written-down = Annonce dépréciée
ledger-event-receipt-unidentified = Encaissement non identifié
ledger-event-receipt-identified = Encaissement identifié
ledger-event-receipt-returned = Encaissement renvoyé
ledger-event-spent-before = Dépensé avant la saisie de l’encaissement
ledger-event-commitment-increased = Engagement augmenté
ledger-event-commitment-decreased = Engagement réduit
ledger-event-disbursement-returned = Décaissement renvoyé
ledger-event-disbursement-bounced = Décaissement retourné par la banque
ledger-event-recovery-due = Recouvrement dû
ledger-event-recovery-received = Recouvrement encaissé
ledger-event-recovery-written-off = Recouvrement abandonné
ledger-event-reversal = Contre-passation

ledger-source-pledge = Annonce
ledger-source-receipt = Encaissement
ledger-source-grant = Subvention
ledger-source-disbursement = Décaissement
ledger-source-recovery = Recouvrement
ledger-source-report = Rapport

ledger-title = Comptabilité
ledger-lead = La situation du Fonds, calculée à partir de toutes les écritures depuis le début. Tous les chiffres sont en dollars des États-Unis.
ledger-journal = Journal
ledger-journal-lead = Toutes les écritures, de la plus récente à la plus ancienne. Une écriture n’est jamais modifiée ni supprimée. Cherchez un numéro, par exemple 2026/12, ou une personne.
ledger-entries = Écritures
ledger-entry-title = { $number } : { $event }
ledger-postings = Débits et crédits
ledger-account = Compte
ledger-earmark = Affectation
ledger-debit = Débit
ledger-credit = Crédit
ledger-amount = Dans la monnaie de l’opération
ledger-rate = Taux
ledger-rate-month = Mois du taux
ledger-total = Total
ledger-balances = Balance des comptes
ledger-balances-lead = Débits et crédits doivent être égaux. Les comptes à partir de 9000 suivent ce qui est promis ou en cours, non ce qui est possédé ou dû.
ledger-available-by-earmark = Disponible par affectation

position-available = Disponible pour engagement
position-available-note = Reçu, moins les dépenses d’appui au programme et les engagements.
position-received = Reçu
position-psc = Dépenses d’appui au programme
position-committed = Engagé pour des subventions
position-disbursed = Décaissé
position-receivable = À recevoir
position-receivable-note = Annoncé et pas encore reçu.
position-advances = Avances aux partenaires
position-advances-note = Payé ou approuvé pour paiement, et pas encore justifié.
position-spent = Dépenses de subvention
position-spent-note = Constatées d’après les rapports acceptés.

ledger-event-psc-transferred = Dépenses d’appui au programme versées
ledger-source-psc-transfer = Versement de dépenses d’appui au programme

refused-period-closed = Les comptes sont clos jusqu’au { $to } : rien ne peut être saisi pour le { $date }. Choisissez un jour ultérieur, ou demandez à un administrateur de rouvrir la dernière période close.
refused-period-closed-meanwhile = Les comptes de ce jour viennent d’être clos : rien n’a été saisi. Choisissez un jour d’une période ouverte, ou demandez à un administrateur de rouvrir la période.
refused-period-closed-already = Cette période est déjà close.
refused-period-open = Cette période est ouverte : il n’y a rien à rouvrir.
refused-period-later-closed = La période du { $from } au { $to } est close et repose sur ces chiffres. Rouvrez d’abord la période la plus récente.
refused-period-books = Les comptes ne sont pas justes : { $count ->
    [one] la vérification a trouvé une erreur
   *[other] la vérification a trouvé { $count } erreurs
}. Demandez à un administrateur de lancer la commande « fund check-books », qui les nomme toutes.
refused-period-closing = { $name } a demandé la clôture des comptes du { $from } au { $to }, et leur vérification est en cours. Une seule période est close à la fois : réessayez dans quelques minutes.
refused-period-asker = { $name } ne peut plus clore de période. Une autre personne doit le demander.
refused-period-not-checked = La vérification des comptes n’est pas allée jusqu’au bout, bien que recommencée plusieurs fois. Redemandez-la plus tard, et prévenez un administrateur si cela ne suffit pas.
error-period-reason = Un point de la liste reste ouvert : écrivez pourquoi la période est close malgré tout.
refused-reversal-record = Cette écriture va avec un dossier. Corrigez l’erreur sur la page du dossier, dont les étapes passent l’écriture qui convient.
refused-reversal-never = Une contre-passation ne se contre-passe pas. Saisissez à nouveau ce qui aurait dû l’être.
refused-entry-reversed = Cette écriture a déjà été contre-passée.
error-psc-transfer-more = Seuls { $amount } sont mis de côté.

period-check-over = La période est terminée
period-check-over-open = La période dure jusqu’au { $date } : elle ne peut pas être close avant.
period-check-earlier-closed = Toutes les périodes antérieures sont closes
period-check-earlier-closed-open = La période du { $from } au { $to } est ouverte : elle doit être close d’abord.
period-check-identified = Chaque encaissement est identifié
period-check-identified-open = { $amount } ont été reçus sans que personne ait encore dit de quoi il s’agit.
period-check-bank-lines = Chaque ligne des relevés bancaires est décidée
period-check-bank-lines-open = { $count ->
    [one] Une ligne d’un relevé bancaire attend quelqu’un : son argent n’est dans aucun compte.
   *[other] { $count } lignes de relevés bancaires attendent quelqu’un : leur argent n’est dans aucun compte.
}
period-check-certified = Chaque décaissement demandé est certifié
period-check-certified-open = { $count ->
    [one] Un décaissement a été demandé et n’est pas encore certifié.
   *[other] { $count } décaissements ont été demandés et ne sont pas encore certifiés.
}
period-check-rates = Les taux de change du mois sont connus
period-check-rates-open = Aucun taux entre le { $from } et le { $to } pour : { $currencies }.

audit-period-closing-asked = A demandé la clôture des comptes de la période
audit-period-closed = A clos les comptes de la période
audit-period-reopened = A rouvert les comptes de la période
audit-entry-reversed = A contre-passé l’écriture
audit-psc-transferred = A saisi un versement de dépenses d’appui au programme

ledger-source = Origine
ledger-date = Date
ledger-actor = Saisie par
ledger-donor = Donateur
ledger-grant = Subvention
ledger-from = Du
ledger-to = Jusqu’au
ledger-reverses = Annule l’écriture
ledger-reversed-by = Annulée par l’écriture
ledger-entries-lead = Les écritures qui composent un chiffre, de la plus récente à la plus ancienne.
ledger-entries-found = Écritures trouvées
ledger-entry-lead = Une écriture n’est jamais modifiée ni supprimée. Une erreur se corrige par une autre écriture.
ledger-correct = Corriger une erreur
ledger-correct-record = Cette écriture va avec un dossier, dont les étapes passent l’écriture qui la corrige :
ledger-reverse-lead = Une nouvelle écriture, datée d’aujourd’hui, annule exactement ce que l’écriture { $number } a passé, et la nomme.
ledger-reverse = Contre-passer cette écriture
reversal-reason = Motif de la contre-passation
done-entry-reversed = L’écriture a été contre-passée. Voici l’écriture qui l’annule.

psc-transfer-title = Verser les dépenses d’appui au programme
psc-transfer-lead = Saisissez un versement au Secrétariat de l’Organisation des Nations Unies de ce qui a été mis de côté. Ce qui est disponible pour les subventions ne change pas.
psc-transfer-set-aside = Mis de côté et pas encore versé
psc-transfer-amount = Montant
psc-transfer-date = Jour du versement
psc-transfer-bank_reference = Référence de la banque
psc-transfer-note = Remarque
done-psc-transferred = Le versement a été saisi.

periods-title = Périodes
periods-lead = Un mois ou un exercice clos ne reçoit plus d’écritures, ni aucun jour qui le précède. Les mois sont clos l’un après l’autre, puis l’exercice. Seul un administrateur en rouvre un, et dit pourquoi.
period = Période
period-whole-year = L’exercice entier
period-state = État
period-state-open = Ouverte
period-state-closing = Clôture en cours
period-state-closed = Close
period-state-closed-with-later = Close avec une période ultérieure
period-state-running = En cours
period-state-empty = Sans écriture
period-closed = Close le
period-closed-reason = Close malgré tout parce que
period-days = Jours
period-lead = Avant de clore les comptes d’une période, tout ce qui figure sur la liste devrait être fait.
period-checklist = Liste de contrôle
period-check = Point vérifié
period-check-result = Résultat
period-check-note = Ce qui reste ouvert
period-check-done = Fait
period-check-open = Ouvert
period-check-needed = À faire d’abord
period-check-later = À la clôture
period-check-books = Les comptes sont justes
period-check-books-note = Chaque solde est recalculé à partir des écritures au moment de la clôture. Si l’un diffère, la période reste ouverte.
period-close = Clore la période
period-close-lead = Dès lors, plus rien ne peut être saisi pour un jour de cette période ni pour un jour qui la précède.
period-close-reason = Pourquoi elle est close bien qu’un point reste ouvert
period-close-send = Clore
period-closing-lead = { $name } a demandé le { $at } la clôture de cette période. La vérification des comptes est en cours ; cette page montre d’elle-même où elle en est.
period-closing-progress = Parties vérifiées : { $checked } sur { $parts }.
period-closing-refused = { $name } a demandé le { $at } la clôture de cette période. Elle reste ouverte :
period-close-not-yet = La période ne peut pas encore être close : voyez sur la liste ce qui doit être fait d’abord.
period-reopen = Rouvrir la période
period-reopen-lead = Des écritures pourront de nouveau être passées pour ses jours. Des chiffres déjà communiqués peuvent changer.
period-reopen-reason = Pourquoi elle est rouverte
period-reopen-send = Rouvrir
done-period-closing-asked = La période sera close dès que les comptes auront été vérifiés et trouvés justes.
done-period-reopened = La période est de nouveau ouverte.
