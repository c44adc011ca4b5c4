# Le Conseil d’administration et les décisions de la Direction exécutive.

session-state-planned = Prévue
session-state-under-way = En cours
session-state-closed = Close
session-event-start = Ouvrir la session
session-event-close = Clore la session
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
vote-note-hint = Les autres membres la voient une fois la recommandation consignée.
recommendation-amount = Montant recommandé
recommendation-amount-hint = Laissez vide pour le montant demandé.
recommendation-conditions = Conditions, ou motif
recommendation-conditions-hint = Les conditions d’une subvention ; en cas de rejet, le motif, qui est communiqué à l’organisation.
decision-note = Note
decision-note-hint = Pour renvoyer la demande, dites pourquoi : le Conseil lira ce texte.

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
session-not-recommendable = Ne peut être recommandée

item-lead = Une demande à l’ordre du jour du Conseil.
item-not-started = La session n’est pas encore ouverte. Les membres pourront voter dès son ouverture.
item-not-recommendable = Les évaluations ne permettent pas de recommander cette demande : il faut 60 points au total, et la moitié des points pour la pertinence et pour les droits. Elle peut être mise en réserve ou rejetée.
item-sent-back = La Direction exécutive a renvoyé une recommandation antérieure : { $reason }
item-vote = Voter
item-vote-text = Vous pouvez changer votre vote tant que la recommandation n’est pas consignée. Jusque-là, personne d’autre ne le voit.
item-vote-button = Voter
item-record = Consigner la recommandation
item-record-text = La recommandation découle des votes : l’approbation demande plus de voix que la réserve et le rejet ensemble ; l’égalité profite au côté le plus prudent. Consigner met fin au vote sur cette demande.
item-record-button = Consigner
item-no-quorum = { $present ->
    [one] { $present } membre participe pour l’instant
   *[other] { $present } membres participent pour l’instant
} ; une recommandation en demande { $quorum }. Les membres récusés ne comptent pas.
item-recorded = Ce que le Conseil recommande
item-votes = Les votes
item-member = Membre

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
done-session-closed = La session est close.
done-voted = Votre vote est enregistré.
done-recommended = La recommandation est consignée.
done-awarded = La subvention est approuvée, les fonds sont engagés et l’organisation est prévenue par courriel.
done-sent-back = La demande est revenue au Conseil.

refused-session-transition = « { $event } » n’est pas possible tant que la session est à l’état « { $state } ». Rechargez la page pour voir où elle en est.
refused-session-empty = Aucune demande de « { $call } » n’est prête pour le Conseil, ou toutes figurent à l’ordre du jour d’une autre session.
refused-session-not-under-way = Les votes et les recommandations ne sont reçus que pendant la session.
refused-item-recorded = La recommandation sur cette demande est déjà consignée ; elle ne peut plus être modifiée ici.
refused-vote-application = Cette demande n’est plus devant le Conseil. Elle a peut-être été retirée.
refused-no-quorum = { $present ->
    [one] Seul { $present } membre participe
   *[other] Seuls { $present } membres participent
} ; une recommandation en demande { $quorum }. Les membres récusés ne comptent pas.
refused-not-recommendable = Les évaluations de cette demande ne permettent pas de la recommander.
refused-no-recommendation = Le Conseil n’a pas recommandé cette demande.
refused-not-vetted = { $organisation } n’est pas vérifiée aujourd’hui. Un chargé de programme doit la vérifier avant toute subvention.
refused-not-enough-money = La subvention de { $amount } dépasse les { $available } disponibles à cette fin. Rien n’a été modifié. Attendez une contribution, ou renvoyez la demande pour un montant moindre.
refused-command-reused = Ce formulaire a déjà servi à une autre décision. Rouvrez la page et décidez de nouveau.
error-vote-not-recommendable = Les évaluations ne permettent pas de recommander cette demande. Votez la réserve ou le rejet, ou abstenez-vous.
error-vote-tie = Vous avez un lien avec cette organisation. Choisissez « { vote-recused } » : rien d’autre ne peut être enregistré comme votre vote.
error-recommended-below-smallest = La subvention minimale de cet appel est de { $least }. Recommandez ce montant ou plus.
error-recommended-above-requested = L’organisation a demandé { $most }. Recommandez ce montant ou moins.
error-recommended-above-largest = La subvention maximale de cet appel est de { $most }. Recommandez ce montant ou moins.
error-rejection-reason = Indiquez le motif : il est communiqué à l’organisation.
error-send-back-reason = Dites pourquoi vous renvoyez la demande, afin que le Conseil le sache.

audit-session-planned = a prévu la session
audit-session-start = a ouvert la session
audit-session-close = a clos la session
audit-session-vote-counted = a compté un vote
audit-session-voted = a voté
audit-session-recommended = a consigné une recommandation
audit-session-sent-back = a renvoyé une recommandation
audit-application-recommend = a consigné que le Conseil la recommande
audit-application-reserve = a consigné que le Conseil la met en réserve
audit-application-reject = a consigné que le Conseil la rejette
audit-application-award = a approuvé la subvention
audit-application-send-back = l’a renvoyée au Conseil
