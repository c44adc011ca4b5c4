# La comptabilité : plan comptable, événements, situation du Fonds.

account-1000 = Avoirs en banque
account-1100 = Contributions à recevoir
account-1200 = Avances aux partenaires
account-2000 = Paiements approuvés
account-2010 = Paiements en cours
account-2100 = Dépenses d’appui au programme mises de côté
account-4000 = Produits des contributions
account-4900 = Différences de change
account-5000 = Dépenses de subvention
account-5100 = Dépenses d’appui au programme
account-9000 = Engagements ouverts
account-9010 = Engagements, contrepartie
account-9100 = Décaissements demandés
account-9110 = Décaissements certifiés
account-9190 = Décaissements, contrepartie

ledger-event = Événement
ledger-event-pledge = Annonce
ledger-event-receipt = Encaissement
ledger-event-commitment = Engagement
ledger-event-disbursement-requested = Décaissement demandé
ledger-event-disbursement-certified = Décaissement certifié
ledger-event-disbursement-approved = Décaissement approuvé
ledger-event-disbursement-released = Décaissement ordonné
ledger-event-disbursement-confirmed = Décaissement confirmé
ledger-event-disbursement-rejected = Décaissement rejeté
ledger-event-disbursement-failed = Décaissement échoué
ledger-event-disbursement-voided = Décaissement annulé
ledger-event-report-accepted = Rapport accepté
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
