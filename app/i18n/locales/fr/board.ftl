# Le Conseil d’administration et les décisions de la Direction exécutive.

session-state-planned = Prévue
session-state-under-way = En cours
session-state-closed = Close, décisions non communiquées
session-state-released = Décisions communiquées
session-event-start = Ouvrir la session
session-event-close = Clore la session
session-event-release = Envoyer les courriels
vote-approve = Approuver
vote-reserve = Liste de réserve
vote-reject = Rejeter
vote-abstain = S’abstenir
vote-recused = Je ne participe pas (conflit d’intérêts)
outcome-approve = Recommandée
outcome-reserve = Liste de réserve
outcome-reject = Rejetée

session-call = Appel
session-title = Titre
session-title-hint = Par exemple « Treizième session, juin 2026 ».
session-date = Date
vote-vote = Votre vote
vote-note = Note
vote-note-hint = Les personnes du Fonds la lisent une fois la recommandation consignée. L’organisation ne la lit jamais.
recommendation-amount = Montant recommandé
recommendation-amount-hint = Laissez vide pour le montant demandé.
recommendation-conditions = Conditions de la subvention
recommendation-conditions-hint = Une par ligne. L’organisation les lit avec la décision.
recommendation-reason = Motif pour l’organisation
recommendation-reason-hint = L’organisation lit ce texte, par courriel et sur la page de sa demande.
recommendation-note = Note pour le Fonds
recommendation-note-hint = Seules les personnes du Fonds lisent ce texte.
recommendation-why = Raison de la correction ou du retrait
recommendation-why-hint = Ce texte reste dans la piste d’audit. L’organisation ne le lit pas.
decision-note = Note
decision-note-hint = Pour renvoyer la demande, dites pourquoi : le Conseil lira ce texte. L’organisation ne le lit pas.

board-title = Conseil d’administration
board-lead = Les sessions où les cinq administrateurs votent sur les demandes.
board-new = Prévoir une session
board-new-lead = Son ordre du jour réunit toutes les demandes d’un appel dont les évaluations sont remises ou qui figurent sur la liste de réserve.
board-plan = Prévoir la session
board-nothing-ready = Aucune demande n’est prête pour le Conseil. Une demande l’est lorsque toutes ses évaluations sont remises.
board-call-option = { $call } ({ $number ->
    [one] { $number } demande
   *[other] { $number } demandes
})
board-state = État
board-items = Demandes
board-recorded = Consignées
board-waiting = { $number ->
    [one] { $number } recommandation attend la Direction exécutive
   *[other] { $number } recommandations attendent la Direction exécutive
}

session-lead = L’ordre du jour : chaque demande avec sa note, ses votes et ce que le Conseil recommande.
session-largest = Subvention maximale de l’appel
session-recommended = Total recommandé
session-agenda = Ordre du jour
session-votes = Votes
session-votes-cast = { $cast ->
    [one] { $cast } réponse
   *[other] { $cast } réponses
}, { $present ->
    [one] { $present } participant
   *[other] { $present } participants
}
session-own-vote = Votre vote
session-no-vote = Pas encore
session-outcome = Recommandation
session-open = En attente
session-sent-back = Renvoyée
session-to-release = Communiquer les décisions
session-unreleased = La session est close. Personne ne sait encore qu’une demande est rejetée ou mise en réserve. Communiquez les décisions pour envoyer ces courriels.
session-not-recommendable = Ne peut être recommandée

item-lead = Une demande à l’ordre du jour du Conseil.
item-not-started = La session n’est pas encore ouverte. Les membres pourront voter dès son ouverture.
item-withdrawn = L’organisation a retiré cette demande. Elle n’est plus mise aux voix.
item-not-recommendable = Les évaluations ne permettent pas de recommander cette demande : il faut { RULE("points") } points au total, et la moitié des points pour la pertinence et pour les droits. Elle peut être mise en réserve ou rejetée.
item-disputed = Les deux évaluations diffèrent de { $points } points ; le Conseil ne peut donc pas approuver cette demande. Le secrétariat peut demander une troisième évaluation ou en rouvrir une ; la demande revient devant le Conseil lorsque toutes les évaluations sont remises.
item-sent-back = La Direction exécutive a renvoyé une recommandation antérieure : { $reason }
item-vote = Voter
item-vote-text = Vous pouvez changer votre vote tant que la recommandation n’est pas consignée. Jusque-là, personne d’autre ne le voit.
item-vote-button = Voter
item-record = Consigner la recommandation
item-record-text = La recommandation découle des votes : l’approbation demande plus de voix que la réserve et le rejet ensemble ; l’égalité profite au côté le plus prudent. Consigner met fin au vote sur cette demande. Aucun courriel ne part.
item-record-button = Consigner
item-no-quorum = { $present ->
    [one] { $present } membre participe pour l’instant
   *[other] { $present } membres participent pour l’instant
} ; une recommandation en demande { $quorum }. Les membres récusés ne comptent pas.
item-forecast = Résultat des votes
item-quorum = Quorum
item-quorum-present = Participants : { $present }. Il en faut { $quorum }.
item-missing = N’ont pas voté
item-nobody-missing = Tous les membres ont voté
item-follows = Suites
item-follows-approve = La Direction exécutive décide de la subvention. L’organisation est prévenue lorsque la subvention est approuvée.
item-follows-reserve = La demande passe sur la liste de réserve lorsque les décisions de la session close sont communiquées ; l’organisation est prévenue à ce moment-là.
item-follows-reject = La demande est rejetée lorsque les décisions de la session close sont communiquées ; l’organisation est prévenue à ce moment-là, avec le motif.
item-correct = Corriger ce qui a été consigné
item-correct-text = Possible jusqu’à la décision de la Direction exécutive ou, pour un rejet ou une mise en réserve, jusqu’à la communication des décisions de la session. Retirez la recommandation si les votes doivent changer : les membres peuvent revoter tant que la session est en cours ; ensuite, une autre session reprend la demande.
item-correct-button = Corriger
item-take-back-button = Retirer la recommandation
item-recorded = Ce que le Conseil recommande
item-votes = Les votes
item-member = Membre

release-title = Communiquer les décisions
release-lead = Les courriels qui annoncent aux organisations ce que le Conseil a décidé. Vérifiez résultats et motifs avant l’envoi.
release-confirm = Envoi
release-number = { $number ->
    [0] Aucune organisation n’a de décision à recevoir. Communiquer les décisions met fin à la session.
    [one] L’organisation de { $number } demande sera prévenue, aux adresses ci-dessous.
   *[other] Les organisations de { $number } demandes seront prévenues, aux adresses ci-dessous.
}
release-final = Une fois communiqué, un rejet ou une mise en réserve ne peut plus être corrigé. Les subventions sont annoncées lorsque la Direction exécutive les approuve.
release-not-yet = Pas encore
release-done = Les décisions de cette session sont communiquées.
release-after-closing = Il faut d’abord clore la session. Voici ce qui partirait maintenant.
release-mails = Courriels qui partiront
release-recipients = À
release-nobody = Personne : l’organisation n’a aucun compte actif. Écrivez-lui.

decisions-title = Recommandations à trancher
decisions-lead = Ce que le Conseil recommande et que la Direction exécutive approuve ou renvoie, avec les fonds disponibles pour chaque demande.
decisions-available = Disponible à cette fin
decisions-obstacles = Prête
decisions-no-money = Fonds insuffisants
decisions-not-vetted = Non vérifiée
decisions-ready = Prête
decision-lead = Une recommandation du Conseil qui attend la Direction exécutive.
decision-read-item = Voir les votes
decision-recorded = Consignée
decision-no-money = La subvention de { $amount } ne peut pas être approuvée maintenant : { $available } sont disponibles à cette fin. Attendez une contribution, ou renvoyez la demande pour un montant moindre.
decision-not-vetted = { $organisation } n’est pas vérifiée aujourd’hui ; la subvention ne peut donc pas être approuvée. Un chargé de programme peut vérifier l’organisation.
decision-title = Décision
decision-text = L’approbation engage les fonds aussitôt et crée la subvention. Le renvoi rend la demande au Conseil.
decision-approve = Approuver la subvention
decision-send-back = Renvoyer au Conseil

done-session-planned = La session est prévue.
done-session-started = La session est ouverte : les membres peuvent voter.
done-session-closed = La session est close. Personne n’a encore été prévenu : communiquez les décisions quand elles sont exactes.
done-session-released = Les décisions sont communiquées ; les organisations sont prévenues par courriel.
done-voted = Votre vote est enregistré.
done-recommended = La recommandation est consignée.
done-recommendation-corrected = La recommandation est corrigée.
done-recommendation-taken-back = La recommandation est retirée.
done-awarded = La subvention est approuvée, les fonds sont engagés et l’organisation est prévenue par courriel.
done-sent-back = La demande est revenue au Conseil.

refused-session-transition = « { $event } » n’est pas possible tant que la session est à l’état « { $state } ». Rechargez la page pour voir où elle en est.
refused-session-empty = Aucune demande de « { $call } » n’est prête pour le Conseil, ou toutes figurent à l’ordre du jour d’une autre session.
refused-session-not-under-way = Les votes et les recommandations ne sont reçus que pendant la session.
refused-item-recorded = La recommandation sur cette demande est déjà consignée. Un chargé de programme peut la retirer tant que rien n’en a découlé ; les membres peuvent alors revoter.
refused-item-not-recorded = Aucune recommandation n’est consignée pour cette demande. Consignez-en d’abord une.
refused-recommendation-final = Cette recommandation ne peut plus être modifiée : la subvention est décidée, l’organisation a été prévenue, ou la demande n’est plus devant le Conseil.
refused-outcome-changed = Quelqu’un a voté depuis que vous avez ouvert la page : les votes donnent maintenant « { $outcome } ». Lisez ce qui s’ensuit, puis consignez-le si c’est exact.
refused-vote-application = Cette demande n’est plus devant le Conseil. Elle a peut-être été retirée, déclarée irrecevable ou remise en évaluation.
refused-no-quorum = { $present ->
    [one] Seul { $present } membre participe
   *[other] Seuls { $present } membres participent
} ; une recommandation en demande { $quorum }. Les membres récusés ne comptent pas.
refused-disputed = Les deux évaluations de cette demande diffèrent de { $points } points ; elle ne peut donc pas être approuvée. Demandez une troisième évaluation ou rouvrez-en une, sur la page de ses évaluations.
refused-not-recommendable = Les évaluations de cette demande ne permettent pas de la recommander.
refused-no-recommendation = Le Conseil n’a pas recommandé cette demande.
refused-not-vetted = { $organisation } n’est pas vérifiée aujourd’hui. Un chargé de programme doit la vérifier avant toute subvention.
refused-not-enough-money = La subvention de { $amount } dépasse les { $available } disponibles à cette fin. Rien n’a été modifié. Attendez une contribution, ou renvoyez la demande pour un montant moindre.
refused-command-reused = Ce formulaire a déjà servi à une autre décision. Rouvrez la page et décidez de nouveau.
error-vote-not-recommendable = Les évaluations ne permettent pas de recommander cette demande. Votez la réserve ou le rejet, ou abstenez-vous.
error-vote-disputed = Les deux évaluations de cette demande diffèrent de { $points } points ; elle ne peut pas être approuvée avant qu’une troisième évaluation soit remise ou que l’une d’elles change. Votez la réserve ou le rejet, abstenez-vous ou attendez.
error-vote-tie = Vous avez un lien avec cette organisation. Choisissez « { vote-recused } » : rien d’autre ne peut être enregistré comme votre vote.
error-recommended-below-smallest = La subvention minimale de cet appel est de { $least }. Recommandez ce montant ou plus.
error-recommended-above-requested = L’organisation a demandé { $most }. Recommandez ce montant ou moins.
error-recommended-above-largest = La subvention maximale de cet appel est de { $most }. Recommandez ce montant ou moins.
error-rejection-reason = Indiquez le motif : l’organisation le lira.
error-send-back-reason = Dites pourquoi vous renvoyez la demande, afin que le Conseil le sache.

audit-session-planned = a prévu la session
audit-session-start = a ouvert la session
audit-session-close = a clos la session
audit-session-release = a communiqué les décisions de la session
audit-session-corrected = a corrigé une recommandation
audit-session-taken-back = a retiré une recommandation
audit-session-correction-reason = a dit pourquoi la recommandation a été modifiée
audit-session-vote-counted = a compté un vote
audit-session-voted = a voté
audit-session-recommended = a consigné une recommandation
audit-session-sent-back = a renvoyé une recommandation
audit-application-recommend = a consigné que le Conseil la recommande
audit-application-reserve = a communiqué que le Conseil la met en réserve
audit-application-reject = a communiqué que le Conseil la rejette
audit-application-take-back = a retiré la recommandation du Conseil
audit-application-award = a approuvé la subvention
audit-application-send-back = l’a renvoyée au Conseil
