# Payments: conditions, officers, batches for the bank, the bank’s files.

# Conditions of an instalment.
conditions-title = Conditions
conditions-page-title = Conditions de { $number }, tranche { $instalment }
conditions-lead = Le système vérifie chacune d’elles à chaque étape, jusqu’à la remise de l’ordre à la banque.
conditions-grant = Subvention { $number }
conditions-payment = Versement
conditions-see-number = Conditions de la tranche { $number }
conditions-waive = Lever une condition
conditions-waive-lead = Un agent ordonnateur peut lever une condition pour un seul versement de cette tranche : celui qui est en cours, sinon le prochain. Si ce versement est renvoyé, rejeté, annulé, échoue ou revient, la levée prend fin ; une nouvelle tentative en demande une autre, avec son propre motif. Les noms et les motifs restent consignés.
conditions-waive-one = Lever : { $condition }
conditions-waive-button = Lever cette condition
conditions-waive-link = Lever une condition
condition-waiver-reason = Pourquoi le versement peut se poursuivre sans elle
condition-waiver-reason-hint = Seules les personnes du Fonds lisent ce texte.
condition-met = Remplie
condition-unmet = Non remplie
condition-waived = Levée
condition-waived-by = Levée par { $name } le { $at } : { $reason }
condition-waived-at = Levée par le Fonds le { $at }
payment-condition-countersigned = L’accord est contresigné
payment-condition-bank-verified = Une seconde personne a vérifié les coordonnées bancaires
payment-condition-vetted = La vérification de l’organisation est valable
payment-condition-report-accepted = Le rapport est accepté
payment-condition-previous-spent = Au moins { RULE("spent-per-cent") } pour cent de la tranche précédente sont dépensés, d’après les rapports acceptés
payment-condition-no-late-report = Aucun rapport n’est en retard
payment-condition-no-open-recovery = L’organisation n’a rien à rembourser
payment-condition-board-conditions = Les conditions du Conseil sont remplies
done-condition-waived = La condition est levée pour ce versement de la tranche.
refused-condition-met = Cette condition est remplie : il n’y a rien à lever.
refused-condition-of-law = Personne ne peut lever cette condition. Elle doit être remplie.
refused-board-conditions = { $number ->
    [one] Une condition du Conseil reste ouverte. Cochez-la sur la page de la subvention lorsqu’elle est remplie.
   *[other] { $number } conditions du Conseil restent ouvertes. Cochez chacune sur la page de la subvention lorsqu’elle est remplie.
}
refused-previous-not-spent = De la tranche { $number }, de { $amount }, seuls { $spent } sont dépensés d’après les rapports acceptés. Il en faut au moins { $share } pour cent, sauf si un agent ordonnateur lève cette condition.
refused-open-recovery = L’organisation doit rembourser { $amount } de subventions antérieures. Elle doit le faire d’abord, sauf si un agent ordonnateur lève cette condition.
refused-bank-details-unverified = Les coordonnées bancaires du { $at } ne sont pas vérifiées. Un agent qui ne les a pas saisies doit d’abord les vérifier.
audit-condition-waived = a levé une condition d’une tranche

# Officers: limits and absence.
officers-title = Agents
officers-lead = Qui certifie, approuve et verse, jusqu’à quel montant, et qui remplace qui.
officers-name = Nom
officers-role = Rôle
officers-most = Plafond
officers-limit = Fixer un plafond
officers-limit-button = Enregistrer le plafond
officer-limit-officer = Agent
officer-limit-most = Plafond par versement
officer-limit-most-hint = Avec un plafond de 0, comme au début, un agent ne signe rien. Les autres agents et les administrateurs en sont informés.
officers-delegations = Remplacements
officers-no-delegations = Personne n’a confié son rôle à quelqu’un d’autre.
officers-delegate = Confier votre rôle pendant une absence
officers-delegate-lead = Cette personne agit à votre place durant ces jours. Vos étapes et les siennes comptent comme celles d’une seule personne : aucune ne signe ce que l’autre a signé.
officers-delegate-button = Confier le rôle
officers-from = Personne absente
officers-to = Remplaçant
officers-starts = Du
officers-ends = Au
officers-reason = Motif
officers-state = État
officers-end = Y mettre fin
delegation-delegate = Qui vous remplace
delegation-delegate-hint = Un agent d’un autre rôle.
delegation-starts_on = Premier jour
delegation-ends_on = Dernier jour
delegation-reason = Motif
delegation-running = En cours
delegation-coming = À venir
delegation-over = Terminé
error-delegation-past = Saisissez la date du jour ou une date ultérieure.
error-delegation-order = Le dernier jour précède le premier.
done-officer-limit = Le plafond est enregistré.
done-role-delegated = Votre rôle est confié pour ces jours. La personne en est informée.
done-delegation-ended = La délégation a pris fin.
forbidden-no-delegation = Aucun agent dont le rôle comprend cette étape ne vous l’a confié pour aujourd’hui.
refused-beyond-limit = { $amount } dépasse le plafond de { $most }. Ces agents peuvent signer : { $names }.
refused-beyond-limit-nobody = { $amount } dépasse le plafond de { $most }, et aucun agent ne peut signer un tel montant. Un administrateur doit d’abord relever un plafond.
refused-no-limit = Votre plafond, ou celui de l’agent que vous remplacez, est de 0 : aucun versement ne peut être signé. Un administrateur fixe les plafonds sur la page « Agents ».
refused-own-limit = Personne ne fixe son propre plafond. Un autre administrateur doit le faire.
refused-same-person-delegate = L’agent que vous remplacez a franchi une autre étape de ce décaissement. Une autre personne doit franchir celle-ci.
audit-officer-limit = a fixé le plafond de l’agent
audit-role-delegated = a confié le rôle à un autre agent
audit-delegation-ended = a mis fin à une délégation

# Batches for the bank.
batches-title = Lots de versements
batches-lead = Les versements réunis en un seul ordre pour la banque, sous forme de fichier ISO 20022 (pain.001).
batches-list = Tous les lots
batches-account = Les versements partent du compte de { $holder } auprès de { $bank }, se terminant par { $ending }.
batches-no-account = Le compte du Fonds n’est pas encore saisi. Un administrateur doit le saisir avant qu’un lot puisse être constitué.
batches-new = Nouveau lot
batches-new-lead = Les versements qui ne sont qu’approuvés sont ordonnés avec le lot, et les organisations en sont informées.
batches-nothing = Aucun versement n’attend de lot.
batches-candidate = { $number }, tranche { $instalment } : { $amount } à { $organisation }, { $payee } ({ $state })
batches-payee = compte se terminant par { $ending } auprès de { $bank }, { $country }
batches-for-colleagues = Vous avez accompli une autre étape de ces paiements ou avez un lien avec l’organisation : un ou une collègue les met dans un lot :
payment-batch-payments = Versements
payment-batch-execution_date = Date d’exécution demandée
batches-create = Constituer le lot
batches-batch = Lot
batches-execution = Date d’exécution
batches-payments = Versements
batches-sum = Somme de contrôle
batches-made = Constitué
batches-made-by = Constitué par
batches-state = État
payment-batch-state-live = En vigueur
payment-batch-state-cancelled = Annulé
payment-batch-progress-open = En attente de la banque
payment-batch-progress-not-all-paid = Répondu, pas tout versé
payment-batch-progress-completed = Terminé
payment-batch-progress-cancelled = Annulé
batches-one-lead = Transmettez ce fichier une seule fois à la banque. Il est identique, à l’octet près, à chaque téléchargement.
batches-download = Télécharger le fichier
batches-its-payments = Ses versements
batches-account-to = Compte
batches-end-to-end = Identification
batches-cancel = Annuler ce lot
batches-cancel-lead = Uniquement si la banque n’a pas reçu le fichier ou l’a arrêté. Les versements restent ordonnés et peuvent entrer dans un autre lot.
batches-cancel-button = Annuler le lot
payment-batch-cancel-reason = Motif
batches-cancelled = { $name } a annulé ce lot le { $at } : { $reason }
error-execution-past = Saisissez la date du jour ou une date ultérieure.
error-execution-far = Saisissez une date jusqu’au { $last } : la banque est sollicitée { RULE("order-ahead-days") } jours à l’avance au plus.
done-batch-created = Le lot est constitué. Téléchargez son fichier et transmettez-le à la banque.
done-batch-cancelled = Le lot est annulé.
refused-batch-payment = { $number }, tranche { $instalment }, ne peut pas entrer dans un lot : son état est « { $why } ». Rien n’a été fait.
refused-batch-taken = { $number }, tranche { $instalment }, figure déjà dans le lot { $batch }. Elle ne peut pas être transmise deux fois. Rien n’a été fait.
refused-batch-taken-now = L’un de ces versements vient d’entrer dans un autre lot. Rien n’a été fait : rechargez la page.
refused-batch-answered = La banque a répondu pour un versement de ce lot. Il ne peut plus être annulé.
refused-batch-cancelled = Ce lot est annulé. Son fichier ne doit plus être transmis à la banque.
refused-fund-account-missing = Le compte du Fonds n’est pas saisi. Un administrateur doit le saisir et un agent ordonnateur le confirmer.
refused-fund-account-faulty = Aucun ordre de paiement ne peut porter le compte du Fonds : { $why } Un administrateur doit saisir à nouveau le compte, avec son adresse, et un agent ordonnateur le confirmer.
audit-batch-created = a constitué le lot
audit-batch-cancelled = a annulé le lot
audit-batch-downloaded = a téléchargé le fichier

# The Fund’s own account.
fund-account-title = Le compte du Fonds
fund-account-lead = Le compte depuis lequel les subventions sont versées. Un agent ordonnateur le confirme, puis il figure dans tous les lots.
fund-account-known = Par sécurité, les anciennes coordonnées ne sont pas affichées. Saisissez-les toutes pour remplacer le compte se terminant par { $ending } auprès de { $bank }.
fund-account-edit = Saisir ou modifier le compte du Fonds
fund-account-account_holder = Titulaire du compte
fund-account-holder_latin = Titulaire du compte en lettres latines
fund-account-holder_latin-hint = Seulement si le nom ci-dessus est dans une autre écriture.
fund-account-street = Rue du titulaire du compte
fund-account-street-hint = Sans le numéro. Les adresses s’écrivent en lettres latines.
fund-account-building_number = Numéro du bâtiment
fund-account-post_code = Code postal
fund-account-town = Ville
fund-account-country = Pays du titulaire du compte
fund-account-order = Dans les ordres de paiement
fund-account-bank_name = Nom de la banque
fund-account-bank_country = Pays de la banque
fund-account-account_number = IBAN ou numéro de compte
fund-account-bic = BIC (code SWIFT)
audit-bank-keys-rotated = a rechiffré les coordonnées bancaires avec la clé la plus récente

# The bank’s files.
bank-files-title = Fichiers de la banque
bank-files-lead = Ce que la banque dit des versements (camt.053 et camt.054) les confirme ou constate leur retour.
bank-files-import = Importer un fichier
bank-files-import-lead = Les versements sont retrouvés par l’identification de leur lot. Un même fichier importé de nouveau ne retente que ce qui avait été refusé.
bank-files-import-button = Importer
bank-file-file = Fichier de la banque (XML)
bank-files-list = Fichiers importés
bank-files-file = Fichier
bank-files-kind = Type
bank-files-imported = Importé
bank-files-by = Importé par
bank-files-payments = Versements
bank-files-look = À examiner
bank-files-one-lead = Ce qu’il est advenu de chaque versement cité par le fichier.
bank-files-outcomes = Versements
bank-files-outcome = Résultat
bank-files-why = Raison
bank-files-none-of-ours = Le fichier ne cite aucun versement d’un lot.
bank-outcome-confirmed = Confirmé
bank-outcome-failed = Non versé
bank-outcome-bounced = Retourné
bank-outcome-known = Déjà connu
bank-outcome-refused = À examiner
error-bank-file-broken = Ce fichier n’est pas un XML complet. Téléchargez-le de nouveau auprès de la banque.
error-bank-file-kind = Ce fichier n’est ni un camt.053 ni un camt.054.
error-bank-file-hostile = Le fichier contient des choses qu’aucune banque n’écrit, comme des entités ou des imbrications sans fin. Il n’a pas été lu plus loin.
error-bank-file-entry-amount = Écriture { $number } (référence { $reference }) : « { $value } » n’est pas un montant de sa monnaie. Demandez à la banque un fichier corrigé.
error-bank-file-entry-currency = Écriture { $number } (référence { $reference }) : « { $value } » n’est pas une monnaie de la norme ISO 4217. Demandez à la banque un fichier corrigé.
error-bank-file-entry-direction = Écriture { $number } (référence { $reference }) : « { $value } » n’indique pas si l’argent est entré ou sorti. Demandez à la banque un fichier corrigé.
error-bank-file-entry-date = Écriture { $number } (référence { $reference }) : « { $value } » n’est pas une date. Demandez à la banque un fichier corrigé.
error-bank-file-entry-reversal = Écriture { $number } (référence { $reference }) : « { $value } » n’indique pas si l’écriture en annule une autre. Demandez à la banque un fichier corrigé.
error-bank-file-entry-status = Écriture { $number } (référence { $reference }) : « { $value } » n’indique pas si la banque a comptabilisé l’écriture. Demandez à la banque un fichier corrigé.
refused-bank-file-state = Le versement est « { $state } », ce qui ne correspond pas à ce que dit la banque.
refused-bank-file-amount = La banque indique un autre montant que { $amount }.
refused-bank-file-cancelled = Le versement figure dans un lot annulé. Veillez à ce qu’il ne soit pas effectué deux fois.
refused-bank-file-less = Sur les { $paid } versés, { $arrived } sont arrivés. Rien n’a été enregistré, car les comptes ne connaissent pas de frais d’un versement retourné. Les finances règlent l’affaire à la main : demandez la différence à la banque, et constatez le retour sur la page du versement une fois que tout y est.
refused-bank-file-unclear = Le fichier ne dit pas quelle part des { $paid } est arrivée. Rien n’a été enregistré. Les finances le constatent sur la page du versement.
refused-bank-file-left-again = La banque a prélevé l’argent une nouvelle fois après le retour du versement. Rien n’a été enregistré : demandez à la banque ce qu’elle a fait, et si le bénéficiaire a l’argent.
refused-bank-file-paid-again = Le versement est déjà confirmé sous la référence bancaire { $known }, et cette ligne porte { $reference }. Rien n’a été enregistré. Si l’argent est parti deux fois, demandez à la banque de le rendre ; s’il s’agit du même versement, il n’y a rien à faire.
done-bank-file-imported = Le fichier est importé. Voici ce qu’il est advenu de ses versements.
audit-bank-file-imported = a importé un fichier de la banque
audit-bank-file-retried = a importé de nouveau un fichier de la banque

# Holding, returning, bouncing, standing in.
disbursements-on-hold = En suspens
disbursements-held = Ce versement est en suspens depuis le { $at }.
disbursements-held-by = { $name } retient ce versement depuis le { $at } : { $reason }
disbursements-bounced-on = Retourné le
disbursements-batch = Lot
disbursements-stands-for = Vous remplacez { $name }. Ce que vous signez est consigné avec les deux noms.
disbursements-in-place-of = à la place de { $name }
disbursements-resubmit-title = Demander de nouveau
disbursements-resubmit-lead = Une fois corrigé ce qui a motivé le renvoi. La demande repart de l’agent certificateur.
disbursements-resubmit-button = Demander de nouveau
disbursements-return-title = Renvoyer à la personne qui l’a demandé
disbursements-return-lead = La demande pourra être corrigée et renvoyée.
disbursements-return-button = Renvoyer
disbursements-hold-title = Mettre en suspens
disbursements-hold-lead = Aucune étape n’est possible jusqu’à la reprise. La personne qui l’a demandé en est informée.
disbursements-hold-button = Mettre en suspens
disbursements-resume-title = Reprendre
disbursements-resume-lead = Indiquez pourquoi le versement peut se poursuivre.
disbursements-resume-button = Reprendre
disbursements-bounce-title = L’argent est revenu
disbursements-bounce-lead = À constater une fois que tout le montant est là. L’engagement est alors rouvert et la tranche pourra être demandée de nouveau.
disbursements-bounce-button = Enregistrer le retour
disbursement-bounce-bounced_on = Jour du retour de l’argent
disbursement-bounce-reason = Motif
disbursement-bounce-reason-hint = L’organisation lit ce texte, par courriel et sur la page du versement.
disbursement-state-returned = Renvoyé
disbursement-state-bounced = Revenu
disbursement-event-resubmit = Demander de nouveau
disbursement-event-return = Renvoyer
disbursement-event-bounce = Enregistrer le retour
disbursement-step-kind-request = Demandé
disbursement-step-kind-certify = Certifié
disbursement-step-kind-approve = Approuvé
disbursement-step-kind-release = Versement ordonné
disbursement-step-kind-confirm = Versé
disbursement-step-kind-resubmit = Demandé de nouveau
disbursement-step-kind-return = Renvoyé
disbursement-step-kind-reject = Rejeté
disbursement-step-kind-fail = Échec du versement
disbursement-step-kind-void = Annulé
disbursement-step-kind-bounce = Revenu
disbursement-step-kind-hold = Mis en suspens
disbursement-step-kind-resume = Repris
audit-disbursement-resubmit = a demandé de nouveau le versement
audit-disbursement-return = a renvoyé la demande
audit-disbursement-bounce = a enregistré le retour de l’argent
audit-disbursement-hold = a mis le versement en suspens
audit-disbursement-resume = a repris le versement
done-disbursement-returned = Renvoyé. La personne qui l’a demandé en est informée.
done-disbursement-bounced = Enregistré : l’argent est revenu. La tranche pourra être demandée de nouveau.
done-disbursement-held = Le versement est en suspens.
done-disbursement-resumed = Le versement reprend.
done-disbursement-stood-in = Fait à la place de l’agent absent.
refused-disbursement-held = Le versement est en suspens : { $reason }
refused-held-already = Le versement est déjà en suspens.
refused-not-held = Le versement n’est pas en suspens.
refused-hold-too-late = Seul un versement qui n’est pas encore remis à la banque peut être mis en suspens.
refused-resume-other = La personne qui retient le versement, ou un agent ordonnateur, peut le reprendre.
refused-resubmit-amount = Ce décaissement est de { $amount }, mais un avenant a porté la tranche à { $planned }. Demandez de nouveau la tranche.
refused-resubmit-taken = La tranche a entre-temps un autre décaissement.
refused-bounce-spent = La subvention a pris fin et, sur les { $amount } revenus, ses avances ne comptent plus que { $left } : le reste est justifié ou doit être remboursé. Si un remboursement est dû, enregistrez-y l’argent ; sinon, gardez-le comme encaissement non identifié.
error-bounced-before-paid = Ce jour précède le versement par la banque.

# Verifying bank details.
bank-verify-title = Vérifier ces coordonnées bancaires
bank-verify-lead = Interrogez l’organisation par un moyen connu, par exemple en appelant un numéro déjà enregistré, et notez comment. Rien n’est versé sur ce compte avant cela.
bank-verify-button = Vérifier
bank-verification-note = Comment vous les avez vérifiées
bank-unverified = Une seconde personne n’a pas encore vérifié ces coordonnées. Rien n’est versé avant.
bank-unverified-filter = Coordonnées bancaires à vérifier
bank-verified-tag = Vérifiées
bank-verified = le { $at }
bank-verified-by = par { $name } le { $at } : { $note }
done-bank-verified = Les coordonnées bancaires sont vérifiées.
refused-bank-verify-own = Les coordonnées bancaires sont vérifiées par une personne qui ne les a pas saisies.
refused-bank-verify-faulty = Rien ne peut être versé à ces coordonnées bancaires : { $why } Un signataire de l’organisation doit les saisir à nouveau ; elles sont vérifiées ensuite.
refused-payee-faulty = Aucun ordre de paiement ne peut porter ce versement : { $why } Un signataire de l’organisation corrige les coordonnées bancaires, ou l’un de ses membres l’adresse dans le profil. De nouvelles coordonnées bancaires doivent être vérifiées avant que le versement se poursuive.
refused-bank-verify-changed = Les coordonnées bancaires ont été modifiées depuis l’ouverture de la page. Examinez d’abord les nouvelles.
audit-organisation-bank-verified = a vérifié les coordonnées bancaires

# What waits on the home page.

# Mails.
mail-disbursement-requested-subject = À certifier : subvention { $number }, { $amount }
mail-disbursement-requested-text = { $actor } a demandé la tranche { $instalment } de la subvention { $number }, soit { $amount }. C’est maintenant à un agent certificateur d’agir.
mail-disbursement-requested-link = Voir le décaissement
mail-disbursement-requested = Versement à certifier
mail-disbursement-certified-subject = À approuver : subvention { $number }, { $amount }
mail-disbursement-certified-text = { $actor } a certifié la tranche { $instalment } de la subvention { $number }, soit { $amount }. C’est maintenant à un agent ordonnateur d’agir.
mail-disbursement-certified-link = Voir le décaissement
mail-disbursement-certified = Versement à approuver
mail-disbursement-approved-subject = À verser : subvention { $number }, { $amount }
mail-disbursement-approved-text = { $actor } a approuvé la tranche { $instalment } de la subvention { $number }, soit { $amount }. C’est maintenant aux finances de verser.
mail-disbursement-approved-link = Voir le décaissement
mail-disbursement-approved = Versement à ordonner
mail-disbursement-confirmed-subject = La banque a versé { $amount } de la subvention { $number }
mail-disbursement-confirmed-text = La banque confirme que la tranche { $instalment } de la subvention { $number }, soit { $amount }, est partie vers le compte de votre organisation.
mail-disbursement-confirmed-link = Voir le décaissement
mail-disbursement-confirmed = Versement confirmé
mail-disbursement-held-subject = En suspens : subvention { $number }, { $amount }
mail-disbursement-held-text = { $actor } a mis en suspens la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }
mail-disbursement-held-link = Voir le décaissement
mail-disbursement-held = Versement en suspens
mail-disbursement-resumed-subject = Repris : subvention { $number }, { $amount }
mail-disbursement-resumed-text = { $actor } a repris la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }
mail-disbursement-resumed-link = Voir le décaissement
mail-disbursement-resumed = Versement repris
mail-disbursement-returned-subject = Renvoyé : subvention { $number }, { $amount }
mail-disbursement-returned-text =
    { $actor } vous a renvoyé la demande concernant la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }

    Corrigez-la puis renvoyez-la.
mail-disbursement-returned-link = Voir le décaissement
mail-disbursement-returned = Demande renvoyée
mail-disbursement-rejected-subject = Rejeté : subvention { $number }, { $amount }
mail-disbursement-rejected-text = { $actor } a rejeté la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }
mail-disbursement-rejected-link = Voir le décaissement
mail-disbursement-rejected = Demande rejetée
mail-disbursement-failed-subject = Non versé : subvention { $number }, { $amount }
mail-disbursement-failed-text =
    La banque n’a pas versé la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }

    L’engagement est rouvert. Organisations : vérifiez vos coordonnées bancaires.
mail-disbursement-failed-link = Voir le décaissement
mail-disbursement-failed = Échec du versement
mail-disbursement-voided-subject = Annulé : subvention { $number }, { $amount }
mail-disbursement-voided-text = { $actor } a annulé la tranche { $instalment } de la subvention { $number }, soit { $amount } : { $reason }
mail-disbursement-voided-link = Voir le décaissement
mail-disbursement-voided = Versement annulé
mail-disbursement-bounced-subject = Revenu : subvention { $number }, { $amount }
mail-disbursement-bounced-text =
    Le versement de la tranche { $instalment } de la subvention { $number }, soit { $amount }, est revenu de la banque : { $reason }

    La tranche pourra être versée de nouveau. Organisations : vérifiez vos coordonnées bancaires.
mail-disbursement-bounced-link = Voir le décaissement
mail-disbursement-bounced = Versement revenu
mail-role-delegated-subject = Vous remplacez { $actor } du { $starts } au { $ends }
mail-role-delegated-text =
    { $actor } vous confie son rôle du { $starts } au { $ends } : { $reason }

    Ce que vous signez à sa place est consigné avec les deux noms.
mail-role-delegated-link = Voir qui remplace qui
mail-role-delegated = Rôle confié
waits-bank-details = { $count ->
    [one] { $count } organisation aux coordonnées bancaires à vérifier
   *[other] { $count } organisations aux coordonnées bancaires à vérifier
}
waits-fund-account = Le compte du Fonds, à confirmer
waits-returned-payments = { $count ->
    [one] { $count } demande renvoyée à corriger
   *[other] { $count } demandes renvoyées à corriger
}
disbursement-task-to-certify = À certifier, non suspendu
disbursement-task-to-approve = À approuver, non suspendu
disbursement-task-to-release = À ordonner, non suspendu
disbursement-task-to-confirm = À confirmer
disbursement-task-to-put-right = À rectifier
done-fund-account-saved = Le compte est enregistré. Il servira dès qu’un agent ordonnateur l’aura confirmé.
done-fund-account-confirmed = Le compte est confirmé. Les lots l’utilisent désormais.
fund-account-waits = Le compte se terminant par { $ending } auprès de { $bank }, saisi par { $name } le { $at }, attend d’être confirmé par un agent ordonnateur. D’ici là, les lots utilisent le compte précédent.
fund-account-waits-first = Le compte se terminant par { $ending } auprès de { $bank }, saisi par { $name } le { $at }, attend d’être confirmé par un agent ordonnateur. D’ici là, aucun lot ne peut être constitué.
fund-account-confirm-lead = Comparez chaque indication avec ce que la banque a écrit au Fonds, et non avec ce que dit un collègue. Les subventions seront payées depuis ce compte dès que vous l’aurez confirmé.
fund-account-confirm-button = Confirmer ce compte
refused-fund-account-changed = Un autre compte a été saisi depuis que vous avez regardé. Examinez-le et confirmez-le s’il est exact.
refused-fund-account-own = Vous avez saisi ce compte vous-même. Une autre personne doit le confirmer.
audit-fund-account-proposed = a saisi un compte pour le Fonds, à confirmer
audit-fund-account = a confirmé le compte du Fonds
