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
ledger-event-pledge-amended = Annonce modifiée
ledger-event-pledge-written-down = Annonce dépréciée
ledger-event-receipt-unidentified = Encaissement non identifié
ledger-event-receipt-identified = Encaissement identifié
ledger-event-receipt-returned = Encaissement renvoyé
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

ledger-event-psc-transferred = Coûts d’appui au programme versés
ledger-source-psc-transfer = Versement de coûts d’appui au programme
ledger-source-recovery = Recouvrement

refused-period-closed = Les comptes de la période du { $from } au { $to } sont clos : rien ne peut être saisi pour le { $date }. Choisissez un jour d’une période ouverte, ou demandez à un administrateur de rouvrir la période.
refused-period-closed-meanwhile = Les comptes de ce jour viennent d’être clos : rien n’a été saisi. Choisissez un jour d’une période ouverte, ou demandez à un administrateur de rouvrir la période.
refused-period-closed-already = Cette période est déjà close.
refused-period-open = Cette période est ouverte : il n’y a rien à rouvrir.
refused-period-later-closed = La période du { $from } au { $to } est close et repose sur ces chiffres. Rouvrez d’abord la période la plus récente.
refused-period-books = Les comptes ne sont pas justes : { $count ->
    [one] la vérification a trouvé une erreur
   *[other] la vérification a trouvé { $count } erreurs
}. Demandez à un administrateur de lancer la commande « fund check-books », qui les nomme toutes.
error-period-reason = Un point de la liste reste ouvert : écrivez pourquoi la période est close malgré tout.
refused-reversal-record = Cette écriture va avec un dossier. Corrigez l’erreur sur la page du dossier, dont les étapes passent l’écriture qui convient.
refused-reversal-never = Une contre-passation ne se contre-passe pas. Saisissez à nouveau ce qui aurait dû l’être.
refused-entry-reversed = Cette écriture a déjà été contre-passée.
error-psc-transfer-more = Seuls { $amount } sont mis de côté.

period-check-over = La période est terminée
period-check-over-open = La période dure jusqu’au { $date } : elle ne peut pas être close avant.
period-check-earlier-closed = Toutes les périodes antérieures sont closes
period-check-earlier-closed-open = La période du { $from } au { $to } est ouverte : fermez-la d’abord.
period-check-identified = Chaque encaissement est identifié
period-check-identified-open = { $amount } ont été reçus sans que personne ait encore dit de quoi il s’agit.
period-check-certified = Chaque décaissement demandé est certifié
period-check-certified-open = { $count ->
    [one] Un décaissement a été demandé et n’est pas encore certifié.
   *[other] { $count } décaissements ont été demandés et ne sont pas encore certifiés.
}
period-check-rates = Les taux de change du mois sont connus
period-check-rates-open = Aucun taux entre le { $from } et le { $to } pour : { $currencies }.

audit-period-closed = A clos les comptes de la période
audit-period-reopened = A rouvert les comptes de la période
audit-entry-reversed = A contre-passé l’écriture
audit-psc-transferred = A saisi un versement de coûts d’appui au programme
