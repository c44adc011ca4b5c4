# Appels à propositions.

calls-title = Appels à propositions
calls-lead = Ce que le Fonds subventionne, jusqu’à quand vous pouvez présenter une demande, et comment.
calls-new = Saisir un appel
calls-edit = Modifier cet appel
calls-edit-lead = Seul le secrétariat voit un projet d’appel. Les heures sont celles de Vienne ; la date limite vaut à la seconde près.
calls-save-draft = Enregistrer le projet d’appel
calls-open-title = Ouverts actuellement
calls-none-open = Aucun appel n’est ouvert pour le moment. Les nouveaux appels sont annoncés sur cette page.
calls-others-title = Autres appels
calls-opening = Ouverture
calls-deadline = Date limite
calls-deadline-at = Date limite : { $deadline }
calls-state = État
calls-award = Montant d’une subvention
calls-awards = Subventions de
calls-duration = Durée d’un projet
calls-months = De { $shortest } à { $longest } mois
calls-all-regions = Toutes les régions
calls-languages = Langues
calls-languages-text = Anglais ou français
calls-criteria = Comment les demandes sont évaluées
calls-criteria-text = Au moins { RULE("reviews") } évaluateurs notent chaque demande selon ces critères, sur 100 points au total.
calls-points = Points
calls-pipeline = Demandes par état
calls-applications = Demandes
calls-closes-in-days = { $number ->
    [one] Clôture dans { $number } jour
   *[other] Clôture dans { $number } jours
}
calls-closes-in-hours = { $number ->
    [one] Clôture dans { $number } heure
   *[other] Clôture dans { $number } heures
}
calls-closes-in-minutes = { $number ->
    [one] Clôture dans { $number } minute
   *[other] Clôture dans { $number } minutes
}
calls-opens-in-days = { $number ->
    [one] Ouverture dans { $number } jour
   *[other] Ouverture dans { $number } jours
}
calls-opens-in-hours = { $number ->
    [one] Ouverture dans { $number } heure
   *[other] Ouverture dans { $number } heures
}
calls-opens-in-minutes = { $number ->
    [one] Ouverture dans { $number } minute
   *[other] Ouverture dans { $number } minutes
}
calls-how-title = Comment présenter une demande
calls-how-register = S’inscrire
calls-how-register-text = Inscrivez votre organisation et complétez son profil : il vous faut son enregistrement, ses comptes et une attestation bancaire.
calls-how-write = Rédiger
calls-how-write-text = Remplissez huit courtes rubriques, seul ou avec des collègues. Tout est enregistré et peut attendre la date limite.
calls-how-submit = Soumettre
calls-how-submit-text = La page de vérification indique ce qui manque. Votre signataire autorisé soumet ensuite la demande, avant la date limite, à l’heure de Vienne.
calls-how-decision = Décision
calls-how-decision-text = Le secrétariat vérifie la recevabilité, les évaluateurs notent, le Conseil recommande. Nous vous écrivons à chaque étape.
calls-register = S’inscrire pour présenter une demande
calls-register-text = Il vous faut un compte de votre organisation pour présenter une demande. L’inscription prend dix minutes.
calls-extend = Reporter la date limite
calls-extend-lead = La date limite est le { $deadline }. Elle ne peut être que reportée. Les organisations qui ont commencé une demande sont prévenues par courriel.
calls-extend-button = Reporter la date limite
calls-extend-back = Retour à l’appel
calls-extended = Le { $at }, la date limite a été reportée du { $before } au { $after }.
calls-apply-title = Répondre à cet appel
calls-apply = Présenter une demande
calls-apply-text = Donnez un titre à votre projet ; vous pourrez le modifier. Votre organisation peut présenter une seule demande à cet appel.
calls-continue = Ouvrir votre demande
calls-continue-text = Votre organisation a déjà une demande pour cet appel.

call-title = Titre
call-objectives = Objectifs
call-objectives-hint = Ce que l’appel doit permettre d’obtenir, et ce qu’il finance.
call-themes = Thèmes
call-priority_groups = Groupes prioritaires
call-regions = Régions
call-regions-hint = Aucun choix signifie toutes les régions.
call-smallest_award = Subvention minimale
call-largest_award = Subvention maximale
call-shortest_months = Durée minimale en mois
call-longest_months = Durée maximale en mois
call-opens_on = Date d’ouverture
call-opens_at = Heure d’ouverture
call-opens_at-hint = Heure de Vienne, par exemple 00:00:00
call-closes_on = Date limite, jour
call-closes_at = Date limite, heure
call-closes_at-hint = Heure de Vienne, par exemple 23:59:59
call-criteria = Critères d’évaluation
call-criteria-hint = La somme des pondérations doit être égale à 100.
call-criteria-row = Critère { $number }
call-criteria-criterion = Critère
call-criteria-weight = Pondération en points

call-extension-closes_on = Nouvelle date limite, jour
call-extension-closes_at = Nouvelle date limite, heure
call-extension-closes_at-hint = Heure de Vienne, par exemple 23:59:59
call-extension-reason = Motif
call-extension-reason-hint = Tout le monde lit ce texte sur la page de l’appel ; les organisations qui ont commencé une demande le reçoivent par courriel.

call-state-draft = Projet d’appel
call-state-published = Publié, pas encore ouvert
call-state-open = Ouvert
call-state-closed = Clos, en cours d’examen
call-state-decided = Décidé

call-event-publish = Publier
call-event-decide = Marquer comme décidé
call-event-withdraw = Ramener à l’état de projet

done-call-published = L’appel est publié. Tout le monde peut maintenant le lire.
done-call-extended = La date limite est reportée. Les organisations qui ont commencé une demande sont prévenues par courriel.
done-call-withdrawn = L’appel est de nouveau un projet. Seul le secrétariat le voit.
done-call-decided = L’appel est marqué comme décidé.

refused-call-transition = « { $event } » n’est pas possible tant que l’état de l’appel est « { $state } ». Rechargez la page pour voir où il en est.
refused-call-undecided = { $number ->
    [one] La demande { $applications } n’a pas encore fait l’objet d’une décision. Décidez-en avant de clore l’appel.
   *[other] { $number } demandes n’ont pas encore fait l’objet d’une décision, dont { $applications }. Décidez-en avant de clore l’appel.
}
refused-call-published = Un appel publié ne peut pas être modifié. Ramenez-le d’abord à l’état de projet, tant qu’il n’est pas ouvert.
refused-call-deadline-past = La date limite, { $deadline }, est dépassée. Fixez-en une plus tardive avant de publier.
refused-extension-not-open = Seule la date limite d’un appel ouvert peut être reportée ; cet appel est à l’état « { $state } ».
refused-call-not-open-yet = Cet appel ouvre le { $opens }. Vous pourrez présenter une demande à partir de ce moment.

error-award-too-small = Saisissez au moins { $least }.
error-award-order = La subvention maximale doit être au moins égale à la minimale.
error-months-zero = Saisissez au moins un mois.
error-months-order = La durée maximale doit être au moins égale à la minimale.
error-extension-earlier = La date limite est le { $deadline }. Indiquez une date ultérieure : une date limite n’est jamais avancée.
error-extension-too-long = Reportez la date limite de { $most } jours au plus.
error-deadline-before-opening = La date limite doit être postérieure à l’ouverture.
error-weights-sum = La somme des pondérations est de { $sum }. Modifiez-les pour qu’elle soit égale à 100.

audit-call-created = a saisi l’appel
audit-call-updated = a modifié l’appel
audit-call-publish = a publié l’appel
audit-call-extended = a reporté la date limite
audit-call-withdraw = a ramené l’appel à l’état de projet
audit-call-decide = a marqué l’appel comme décidé
