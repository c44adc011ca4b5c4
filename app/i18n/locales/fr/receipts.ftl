# L’argent qui arrive : encaissements non identifiés, relevés bancaires, modifications d’annonces, rappels, lettres, le passé.

standing-written-down = Passé en pertes
pledge-reference = Référence de paiement
receipt-bank_charge = Retenu par les banques
receipt-bank_charge-hint = Ce que les banques ont déduit en chemin, si le relevé l’indique. Cela compte comme payé par le donateur et constitue une charge du Fonds.
receipt-settled = Part de l’annonce ainsi payée
receipt-settled-hint = Seulement pour de l’argent dans une autre monnaie que l’annonce, quand le donateur dit quelle part de l’annonce il paie. Sinon, les taux des Nations Unies du jour décident.
receipt-credited = Compte pour l’annonce
receipt-pledge-rate = Taux de la monnaie de l’annonce
receipt-stated = indiqué par les finances

held-title = Encaissements non identifiés
held-lead = L’argent qui est arrivé et dont personne n’a encore dit ce qu’il est. Il est gardé dans les comptes et ne peut pas être engagé tant que personne n’a décidé.
held-filter = Situation
held-state-held = En attente
held-state-identified = Identifié
held-state-sent-back = Renvoyé
held-new = Saisir de l’argent que personne ne peut encore identifier
held-new-lead = Saisissez-le tel que le relevé bancaire l’indique. L’argent d’une annonce connue se saisit sur la page de cette annonce.
held-send = Garder cet argent
held-show = Encaissement non identifié de { $amount }
held-show-lead = Arrivé le { $date }
held-payer = Payé par
held-remittance = Texte du paiement
held-reason = Motif
held-decided = Décidé le
held-pledge-link = Ouvrir l’annonce
held-suggestions = Annonces possibles
held-no-suggestion = Aucune annonce ne correspond par le montant, le donateur ou la référence. Choisissez-en une ci-dessous, ou saisissez d’abord l’annonce.
held-choose = Choisir
held-identify = Dire pour quelle annonce il est
held-pledge-choice = { $donor }, { $date } : { $outstanding } à venir
held-send-back = Le renvoyer

unidentified-amount = Montant reçu
unidentified-currency = Monnaie
unidentified-date = Date de l’encaissement
unidentified-bank_reference = Référence bancaire
unidentified-bank_reference-hint = Telle qu’elle figure sur le relevé bancaire ; chacune ne sert qu’une fois.
unidentified-payer = Payé par
unidentified-remittance = Texte du paiement
unidentified-bank_charge = Retenu par les banques

identify-pledge = Annonce
identify-settled = Part de l’annonce ainsi payée
identify-settled-hint = Seulement pour de l’argent dans une autre monnaie que l’annonce, quand le donateur dit quelle part de l’annonce il paie.
identify-reason = Comment vous le savez
identify-reason-hint = Par exemple une lettre ou un appel, avec sa date. Le motif est gardé avec l’encaissement.
identify-send = Il est pour cette annonce

send-back-lead = Seulement quand la banque a renvoyé l’argent, en reçoit l’ordre le jour saisi ici, ou quand l’argent n’est jamais venu et a été enregistré par erreur.
send-back-date = Date
send-back-reason = Motif
send-back-send = Il a été renvoyé

match-why = Pourquoi
match-reason-names-pledge = nomme l’annonce
match-reason-payer-is-donor = payé par le donateur
match-reason-names-donor = le payeur ou le texte contient le nom du donateur
match-reason-instalment-amount = montant d’un versement impayé
match-reason-outstanding-amount = montant entier restant dû
match-reason-same-currency = même monnaie
match-reason-due-near = dû vers cette date

change-title = Modifier l’annonce
change-lead = { $pledged } annoncés, { $received } reçus, { $outstanding } à venir. Chaque modification exige un motif et est comptabilisée au taux de l’annonce.
change-date = Date
change-kind = Ce qui a changé
change-amount = De combien
change-reason = Motif
change-actor = Par qui
pledge-changes = Modifications de l’annonce
pledge-change-amended = Modifiée
pledge-change-written-down = Passée en pertes
pledge-amendment-title = Modifier le montant ou les versements
pledge-amendment-lead = Quand le donateur a convenu d’un autre montant ou d’autres dates. Saisissez l’annonce entière telle qu’elle est désormais.
pledge-amendment-amount = Montant de l’annonce entière
pledge-amendment-date = Date de la modification
pledge-amendment-reason = Motif
pledge-amendment-reason-hint = Par exemple l’échange de lettres, avec sa date.
pledge-amendment-instalments = Versements
pledge-amendment-instalments-hint = Tous, y compris ceux déjà payés. Leur somme doit être égale au montant.
pledge-amendment-instalments-row = Versement { $number }
pledge-amendment-instalments-due = Échéance
pledge-amendment-instalments-amount = Montant
pledge-amendment-send = Modifier l’annonce
write-down-title = Renoncer à ce qui ne viendra pas
write-down-lead = L’argent que le donateur doit encore et ne paiera pas. Il devient une charge ; s’il arrive malgré tout, c’est un produit supplémentaire.
write-down-amount = Montant auquel renoncer
write-down-date = Date
write-down-reason = Motif
write-down-send = Passer en pertes

ledger-source-unidentified = Encaissement non identifié

done-held = L’argent est gardé jusqu’à ce que quelqu’un dise ce qu’il est.
done-identified = L’encaissement est enregistré pour l’annonce, et les dépenses d’appui au programme sont mises de côté.
done-receipt-sent-back = L’argent est enregistré comme renvoyé.
done-amended = L’annonce est modifiée et la différence comptabilisée.
done-written-down = Le montant est passé en pertes.

audit-receipt-held = a gardé de l’argent que personne ne pouvait identifier
audit-receipt-identified = a dit pour quelle annonce est l’argent
audit-receipt-sent-back = a saisi le renvoi de l’argent
audit-pledge-amended = a modifié l’annonce
audit-pledge-written-down = a passé en pertes une partie de l’annonce

refused-receipt-decided = Quelqu’un a déjà décidé du sort de cet argent. Rien n’a été modifié. Rouvrez la page pour voir ce qui a été décidé.
error-settled-same-currency = Laissez ce champ vide : l’argent est en { $currency } comme l’annonce, il compte donc en entier.
error-settled-outstanding = Saisissez un montant supérieur à 0 et d’au plus { $outstanding }, soit ce qui reste à venir de l’annonce.
error-bank-charge-large = Les banques retiennent moins que ce qui arrive. Vérifiez les deux montants.
error-sent-back-before = Saisissez le jour où l’argent est arrivé, le { $from }, ou un jour ultérieur.
error-amendment-surplus = { $surplus } de plus que l’annonce sont déjà arrivés et comptent comme une contribution à part. Cette annonce ne peut pas augmenter : saisissez ce qui est promis en plus comme une nouvelle annonce.
error-amendment-below = { $closed } de l’annonce sont déjà arrivés ou abandonnés. Saisissez ce montant ou davantage.
error-amendment-nothing = Le montant et les versements sont les mêmes qu’avant. Modifiez l’un ou l’autre.
error-change-before-pledge = Saisissez la date de l’annonce, le { $from }, ou un jour ultérieur.
error-write-down-above = Il ne reste que { $outstanding } à venir. Saisissez ce montant ou moins.

statements-title = Relevés bancaires
statements-lead = Importez ce que la banque envoie, et dites de chaque ligne ce qu’est l’argent. L’importation ne déplace pas d’argent ; un relevé importé deux fois ne change rien.
statements-list = Relevés importés
statements-import = Importer un relevé
statements-imported = Importé
statements-lines = Lignes
statements-columns = Pour les tableaux (CSV) : compte et colonnes
statements-columns-lead = Un fichier camt.053 n’a besoin de rien ici. Pour un tableau, indiquez le compte, et l’intitulé d’une colonne seulement s’il n’est pas trouvé tout seul. Ce qui convient est retenu pour le compte.
statements-accounts = Retenu pour :
statements-send = Importer
bank-statement-file = Fichier
bank-statement-file-hint = Le camt.053 de la banque (versions 001.02 à 001.08), ou son tableau au format CSV.
bank-statement-account = Compte
bank-statement-account-hint = Un des comptes du Fonds, d’après sa fin.
bank-statement-currency = Monnaie du compte
bank-statement-currency-hint = Seulement si aucune colonne du tableau ne l’indique.
bank-statement-column_date = Intitulé de la colonne de la date
bank-statement-column_amount = Intitulé de la colonne du montant
bank-statement-column_amount-hint = Avec un moins pour l’argent sorti, ou seulement l’argent entré.
bank-statement-column_debit = Intitulé de la colonne de l’argent sorti
bank-statement-column_debit-hint = Seulement s’il a sa propre colonne.
bank-statement-column_direction = Intitulé de la colonne qui indique débit ou crédit
bank-statement-column_direction-hint = Si les montants n’ont pas de signe moins et qu’une colonne indique DB ou CR, D ou C, débit ou crédit.
bank-statement-column_currency = Intitulé de la colonne de la monnaie
bank-statement-column_payer = Intitulé de la colonne du payeur
bank-statement-column_text = Intitulé de la colonne du texte
bank-statement-column_reference = Intitulé de la colonne de la référence bancaire
bank-statement-date_order = Ordre des dates
bank-statement-decimal_sign = Signe avant les centimes
date-order-day-first = Le jour avant le mois : 31/03/2026
date-order-month-first = Le mois avant le jour : 03/31/2026
decimal-sign-point = Point : 1,234.50
decimal-sign-comma = Virgule : 1.234,50
bank-statement-title = Relevé du compte { $account }
bank-statement-lead = Chaque ligne avec ce qu’elle est devenue. Les lignes en attente viennent en premier.
bank-statement-state-imported = Importé
bank-statement-state-discarded = Écarté
bank-statement-known = Dont déjà présentes dans un fichier antérieur
bank-statement-pending = Pas encore comptabilisées par la banque, laissées de côté
bank-statement-all = Toutes les lignes à la fois
bank-statement-all-lead = Sont sûres les lignes qui nomment l’annonce, ou dont le payeur porte le nom entier du donateur, avec un montant et une monnaie qui correspondent à une annonce mieux qu’à toute autre. Les lignes peut-être déjà enregistrées sont laissées de côté. Les lignes gardées peuvent être identifiées plus tard.
bank-statement-match-sure = Enregistrer toutes les lignes sûres
bank-statement-hold-rest = Garder toutes les autres
bank-statement-lines = Lignes
bank-statement-filter = Ce qu’elle est devenue
bank-statement-line = Ligne { $number }
bank-statement-nobody = Sans nom
bank-statement-in = entré
bank-statement-out = sorti
bank-statement-held-link = Ouvrir l’encaissement gardé
bank-statement-match = Enregistrer pour cette annonce
bank-statement-hold = Garder comme non identifié
bank-statement-discard = Annuler l’importation
bank-statement-discard-lead = Par exemple parce que les colonnes étaient fausses. Les lignes présentes aussi dans un autre relevé restent ; parmi les autres, aucune ne doit avoir été prise. Le fichier peut être importé de nouveau.
bank-statement-discard-send = Écarter ce relevé
match-sure = Sûre
match-pledge = Annonce
match-settled = Part de l’annonce ainsi payée, si le donateur l’indique

done-statement-imported = Le relevé est importé. Dites de chaque ligne ce qu’est l’argent.
done-statement-discarded = Le relevé est écarté.
done-line-matched = L’encaissement est enregistré pour l’annonce.
done-line-held = L’argent est gardé comme non identifié.
done-lines-matched = Chaque ligne sûre est enregistrée pour son annonce.
done-lines-held = Chaque ligne restante est gardée comme non identifiée.
done-lines-none = Il n’y avait pas de telle ligne ; rien n’a été modifié.

audit-statement-imported = a importé le relevé bancaire
audit-statement-discarded = a écarté le relevé bancaire
audit-statement-matched = a enregistré des lignes sûres
audit-statement-held = a gardé des lignes restantes

refused-statement-taken = De l’argent de ce relevé est déjà dans les comptes ; il ne peut donc pas être écarté. Décidez de chaque ligne restante.
error-statement-not-camt = C’est du XML, mais pas un relevé camt.053.
error-statement-version = C’est un camt.053 en version { $version } ; les versions 001.02 à 001.08 peuvent être lues. Demandez-en une à la banque.
error-statement-accounts = Le fichier contient les relevés de plusieurs comptes. Importez un fichier par compte.
error-statement-no-account = Le fichier ne dit pas de quel compte il s’agit.
error-statement-other-account = Le fichier est celui d’un autre compte. Laissez ce champ vide, ou corrigez-le.
error-statement-account = Choisissez le compte : un tableau ne l’indique pas.
error-statement-empty = Le tableau ne contient aucune ligne avec un montant.
error-statement-columns = La date, le montant ou la monnaie n’ont pas été trouvés. Les colonnes du fichier sont : { $columns }. Saisissez les intitulés ci-dessous.
error-statement-decimal = On ne sait pas quel signe précède les centimes. Choisissez-en un.
error-statement-line-currency = Ligne { $line } : « { $value } » n’est pas une monnaie de la norme ISO 4217.
error-statement-line-amount = Ligne { $line } : « { $value } » n’est pas un montant de cette monnaie.
error-statement-line-both = Ligne { $line } : de l’argent est entré et sorti à la fois, « { $value } ». Faites-en deux lignes, ou ne laissez qu’un montant.
error-statement-line-direction = Ligne { $line } : « { $value } » n’indique pas si l’argent est entré ou sorti. Écrivez D ou C, ou mettez un moins devant ce qui est sorti.
error-statement-direction = La colonne « { $column } » semble indiquer quel argent est sorti, mais pas pour chaque ligne. Saisissez ici son intitulé, ou celui de la bonne colonne.
error-statement-direction-gone = La colonne « { $column } » indiquait pour ce compte quel argent est sorti. Elle n’est pas dans ce fichier, et aucun montant n’a de signe moins. Saisissez l’intitulé de la bonne colonne.
error-statement-line-date = Ligne { $line } : « { $value } » n’est pas une date, ou l’on ne sait pas lequel des nombres est le jour. Choisissez l’ordre des dates.
bank-statement-format-camt = camt.053
bank-statement-format-table = CSV

overdue-title = Versements en retard
overdue-lead = Ce que les donateurs auraient déjà dû payer. Le système prépare des rappels après deux semaines, deux mois et quatre mois ; chacun n’est envoyé qu’une fois approuvé par une personne. Les annonces dont un rappel attend d’être approuvé viennent d’abord, puis les plus anciennes.
overdue-days = Jours de retard
overdue-open = À venir
overdue-due = Était dû le
overdue-level = { $level ->
    [1] Premier rappel
    [2] Deuxième rappel
   *[other] Troisième rappel
}
overdue-reminded = { $level ->
    [1] Premier rappel envoyé le { $at }
    [2] Deuxième rappel envoyé le { $at }
   *[other] Troisième rappel envoyé le { $at }
}
overdue-none-sent = Aucun rappel envoyé
overdue-drafts = Rappels en attente d’approbation
overdue-drafts-none = Aucun rappel n’attend d’approbation.
overdue-to = À
overdue-subject = Objet
overdue-approve = Approuver et envoyer
overdue-decline = Ne pas envoyer
overdue-look = Chercher maintenant les versements en retard
done-reminder-sent = Le rappel est en route vers le donateur.
done-reminder-declined = Le rappel n’est pas envoyé.
done-reminders-drafted = Les rappels dus sont préparés ci-dessous.
audit-pledge-reminded = a approuvé un rappel, qui a été envoyé
audit-pledge-not-reminded = a décidé de ne pas envoyer un rappel
audit-pledge-reminder-drafted = a préparé un rappel d’une échéance en retard
audit-pledge-reminder-overtaken = a remplacé par le suivant un rappel que personne n’avait approuvé
refused-reminder-paid = Ce versement a été payé, modifié ou abandonné entre-temps. Aucun rappel n’a été envoyé.
refused-reminder-dropped = Ce rappel a déjà été écarté. Rien n’a été envoyé.
refused-reminder-sent = Ce rappel a déjà été envoyé.

letter-issue = Établir la lettre
letter-column = Lettre
letter-fund = Fonds de contributions volontaires des Nations Unies pour les victimes de la traite des personnes
letter-fund-place = Vienne
letter-dated = Vienne, le { $date }
letter-subject = Votre contribution de { $amount }
letter-greeting = { $name },
letter-text-thanks = C’est avec gratitude que nous accusons réception de la contribution de { $amount } de { $donor }, arrivée au Fonds le { $date }. Elle avait été annoncée le { $pledged }.
letter-text-pool = Comme elle n’est pas affectée, elle va là où les besoins des victimes sont les plus grands.
letter-text-earmarked = Elle est affectée et ne servira qu’à cet objet : { $earmark }.
letter-text-use = Des organisations qui travaillent directement avec les victimes de la traite des personnes offrent grâce à elle un hébergement, des soins médicaux et psychologiques, une aide juridique et des formations. Vous pouvez suivre dans votre relevé ce que votre contribution a permis.
letter-closing = Veuillez agréer l’expression de notre haute considération.
letter-signature = Le secrétariat du Fonds
letter-receipt-title = Reçu { $number }
letter-row-number = Numéro
letter-row-donor = Reçu de
letter-row-amount = Arrivé sur le compte du Fonds
letter-row-charge = Retenu par les banques en chemin
letter-row-usd = En dollars des États-Unis
letter-row-rate = Taux des Nations Unies
letter-row-settled = Part de l’annonce ainsi réglée
letter-row-date = Reçu le
letter-row-bank = Référence bancaire
letter-row-pledge = Annonce
letter-row-earmark = Affectation
letter-note-again = Un reçu n’a qu’un numéro. S’il est établi de nouveau, il est le même, mot pour mot.
done-letter-issued = La lettre est établie.
audit-letter-issued = a établi la lettre d’un encaissement

past-title = Contributions du passé
past-lead = Importez d’un tableur les contributions des années antérieures. Vous voyez d’abord ce que ferait chaque ligne ; ensuite, toutes les lignes sont saisies ou aucune.
past-upload = Examiner un fichier
past-file = Fichier
past-file-hint = CSV ou XLSX avec les colonnes : donor, date, currency, pledged, received, received on, spent, psc, bank reference, earmark, note, pledge. Dates sous la forme 2019-03-31, montants avec un point décimal. « Spent » est la part de l’argent déjà dépensée pour des subventions, en dollars des États-Unis : ce qui n’est pas dépensé peut être engagé, après déduction des dépenses d’appui au programme. « PSC » sont ces dépenses en pour cent, { RULE("psc-per-cent") } si la cellule est vide. « Pledge » est un nom quelconque que vous donnez à une annonce dont l’argent est arrivé en plusieurs fois : écrivez une ligne par encaissement, avec le même nom et la même annonce dans chacune. Les huit dernières peuvent manquer.
past-send = L’examiner
past-files = Fichiers
past-uploaded = Examiné
past-state-waiting = Pas encore importé
past-state-imported = Importé
past-row = Ligne
past-outcome = Résultat
past-new = Sera saisie
past-alike = Sera enregistrée, à vérifier d’abord : le donateur a déjà une annonce de ce jour et de ce montant, une autre ligne de ce fichier aussi, ou de l’argent de ce montant est arrivé vers ce jour
past-further = Sera saisi : encaissement supplémentaire de l’annonce de la ligne { $line }
past-known = Déjà connue
past-wrong = Fausse
past-summary = { $new } à saisir, { $known } déjà connues, { $wrong } fausses
past-wrong-lead = Corrigez dans votre fichier les cellules nommées ci-dessous et examinez-le de nouveau. Tant qu’une seule est fausse, rien n’est saisi.
past-column-donor = Donateur
past-column-date = Date
past-column-currency = Monnaie
past-column-pledged = Annoncé
past-column-received = Reçu
past-column-received-on = Reçu le
past-cell = { $column } : { $wrong }
past-column-spent = Dépensé auparavant (USD)
past-column-psc = PSC (%)
past-column-bank-reference = Référence bancaire
past-column-earmark = Affectation
past-column-note = Remarque
past-column-pledge = Annonce
past-confirm = Saisir toutes les lignes
past-nothing = Chaque ligne de ce fichier est déjà saisie.
past-alike-lead = { $rows ->
    [one] Une ligne ressemble à une annonce déjà saisie, ou à de l’argent arrivé par une autre voie : même donateur ou ligne de relevé en attente, même montant, vers le même jour. Ne saisissez le fichier que s’il s’agit d’un autre paiement.
   *[other] { $rows } lignes ressemblent à des annonces déjà saisies, ou à de l’argent arrivé par une autre voie : même donateur ou ligne de relevé en attente, même montant, vers le même jour. Ne saisissez le fichier que s’il s’agit d’autres paiements.
}
done-past-imported = Les lignes sont saisies.
done-past-known = Chaque ligne avait déjà été saisie ; rien n’a été modifié.
audit-past-uploaded = a examiné un fichier de contributions passées
audit-past-imported = a importé le fichier de contributions passées
refused-past-wrong = { $rows ->
    [one] Une ligne est fausse ; rien n’a donc été saisi. Elle est nommée ci-dessous.
   *[other] { $rows } lignes sont fausses ; rien n’a donc été saisi. Elles sont nommées ci-dessous.
}
error-past-empty = Le fichier ne contient aucune ligne.
error-past-columns = Ces colonnes manquent : { $columns }.
error-past-donor = Il n’y a pas de donateur « { $value } ». Saisissez d’abord le donateur, ou écrivez son nom tel qu’il est saisi.
error-past-donor-twice = Il y a plusieurs donateurs « { $value } ». Donnez-leur d’abord des noms différents.
error-past-currency = « { $value } » n’est pas une monnaie de la norme ISO 4217.
error-past-date = « { $value } » n’est pas une date. Écrivez-la sous la forme 2019-03-31.
error-past-future = « { $value } » n’est pas encore arrivé.
error-past-amount = « { $value } » n’est pas un montant supérieur à 0 de cette monnaie. Écrivez-le sous la forme 1234.50.
error-past-earmark = « { $value } » n’est pas une affectation. Laissez la cellule vide, ou écrivez un code tel que region-africa.
error-past-rate = Il n’y a pas de taux pour { $currency } le { $date }. Saisissez-le d’abord, sous « Taux de change ».
error-past-closed = Les comptes du « { $value } » sont clos. Un administrateur peut les rouvrir, sous « Périodes ».
error-past-worth = « { $value } » vaut moins d’un cent en dollars des États-Unis, ou plus que les comptes ne peuvent contenir.
error-past-not-received = « { $value } » est indiqué, mais pas le montant reçu.
error-past-before-pledge = « { $value } » est antérieur à l’annonce.
error-past-reference = Un encaissement portant la référence « { $value } » est déjà saisi, ou figure deux fois dans ce fichier.
error-past-spent = « { $value } » n’est pas un montant en dollars des États-Unis. Écrivez-le sous la forme 1234.50.
error-past-psc = « { $value } » n’est pas un pourcentage de 1 à 100, ou 0, avec deux décimales au plus. Écrivez 13 ou 7.5 dans une cellule qui n’a pas le format pourcentage : 13 % y est enregistré comme 0.13.
error-past-spent-more = « { $value } » dépasse ce qui est entré, en dollars et après déduction des dépenses d’appui au programme.
error-past-pledge-differs = La ligne { $line } porte le même nom d’annonce, mais une autre date, une autre monnaie, un autre montant, une autre affectation ou d’autres dépenses d’appui. Écrivez la même chose dans toutes les lignes d’une annonce, ou donnez un autre nom à celle-ci.
error-past-pledge-twice = Une ligne antérieure saisit déjà « { $value } », et celle-ci n’y apporte aucun encaissement. Écrivez ce qui a été encaissé, ou supprimez la ligne.

waits-bank-lines = { $count ->
    [one] Une ligne d’un relevé bancaire à décider
   *[other] { $count } lignes de relevés bancaires à décider
}
waits-unidentified = { $count ->
    [one] Un encaissement à identifier
   *[other] { $count } encaissements à identifier
}
waits-reminders = { $count ->
    [one] Un rappel à un donateur à approuver
   *[other] { $count } rappels à des donateurs à approuver
}

# Reprendre un encaissement
undo-receipt-column = Erreur
undo-receipt-link = Reprendre
undo-receipt-undone = Repris
undo-receipt-undoes = En reprend un autre
undo-receipt-title = Reprendre un encaissement
undo-receipt-lead = Pour un encaissement enregistré sur la mauvaise annonce. Son écriture est contre-passée aujourd’hui, et l’annonce est comme si l’argent n’était pas venu pour elle.
undo-receipt-after = L’argent est ensuite gardé en attente, jusqu’à ce que quelqu’un dise pour quelle annonce il est. S’il n’est jamais venu, ou si le montant était autre, dites là qu’il est reparti ; enregistrez-le ensuite de nouveau, avec une marque après la référence de la banque. Une lettre déjà émise reste telle quelle : prévenez le donateur.
undo-receipt-reason = Ce qui était faux
undo-receipt-send = Reprendre
done-receipt-undone = L’encaissement est repris. Son argent est gardé ici jusqu’à ce que quelqu’un dise pour quelle annonce il est.
audit-receipt-undone = a repris un encaissement
audit-receipt-held-again = a remis l’argent en attente, parce que son encaissement a été repris
refused-receipt-undone = Cet encaissement a déjà été repris, ou en reprend un autre. Rien n’a été modifié.
refused-undo-committed = De l’argent de cet encaissement paie { $grants } : il ne peut pas être repris. Diminuez ou terminez d’abord ces subventions, ou écrivez au donateur au sujet de la différence. Rien n’a été modifié.
refused-undo-spent = { $spent } de cet encaissement ont été dépensés avant sa saisie ; il ne peut donc pas être repris.
refused-undo-psc = { $psc } de dépenses d’appui au programme ont été mises de côté sur cet encaissement, et il n’en reste que { $set_aside }, parce qu’elles ont été versées. Contre-passez d’abord ce versement. Rien n’a été modifié.
refused-undo-beyond = L’encaissement { $reference } est arrivé quand cette annonce était payée, et l’a dépassée. Reprenez d’abord celui-là ; dites ensuite de nouveau pour quelle annonce est son argent. Rien n’a été modifié.
