# L’argent qui arrive : encaissements non identifiés, relevés bancaires, modifications d’annonces, rappels, lettres, le passé.

standing-written-down = Passé en pertes
pledge-reference = Référence de paiement
receipt-bank_charge = Retenu par les banques
receipt-bank_charge-hint = Ce que les banques ont déduit en chemin, si le relevé l’indique. Cela compte comme payé par le donateur et constitue une charge du Fonds.
receipt-settled = Part de l’annonce ainsi payée
receipt-settled-hint = Seulement pour de l’argent dans une autre monnaie que l’annonce, quand le donateur dit quelle part de l’annonce il paie. Sinon, les taux des Nations Unies du jour décident.
receipt-credited = Compte pour l’annonce

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

send-back-lead = Seulement quand la banque a renvoyé l’argent, ou en reçoit l’ordre le jour saisi ici.
send-back-date = Date
send-back-reason = Motif
send-back-send = Il a été renvoyé

match-why = Pourquoi
match-reason-names-pledge = nomme l’annonce
match-reason-payer-is-donor = payé par le donateur
match-reason-names-donor = nomme le donateur
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
done-sent-back = L’argent est enregistré comme renvoyé.
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
error-amendment-below = { $closed } de l’annonce sont déjà arrivés ou abandonnés. Saisissez ce montant ou davantage.
error-amendment-nothing = Le montant et les versements sont les mêmes qu’avant. Modifiez l’un ou l’autre.
error-change-before-pledge = Saisissez la date de l’annonce, le { $from }, ou un jour ultérieur.
error-write-down-above = Il ne reste que { $outstanding } à venir. Saisissez ce montant ou moins.
