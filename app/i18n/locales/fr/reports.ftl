# Rapports des bénéficiaires de subventions.

report-state-due = À rendre
report-state-draft = Brouillon
report-state-submitted = Remis
report-state-returned = Renvoyé pour révision
report-state-accepted = Accepté

report-event-start = Commencer le rapport
report-event-submit = Remettre le rapport
report-event-return = Renvoyer le rapport
report-event-resubmit = Remettre de nouveau le rapport
report-event-accept = Accepter le rapport

report-kind-interim = Rapport intermédiaire
report-kind-final = Rapport final

report-privacy-warning = Ne nommez et ne décrivez jamais une personne aidée, même sans donner son nom. Des chiffres suffisent.

report-achievements = Ce qui a été accompli
report-achievements-hint = Activités menées et changements obtenus. Ne nommez ni ne décrivez aucune personne en particulier.
report-challenges = Difficultés rencontrées et réponses apportées
report-challenges-hint = Ne nommez ni ne décrivez aucune personne en particulier.
report-lessons = Enseignements tirés
report-lessons-hint = Ce que vous referiez et ce que vous feriez autrement. Ne nommez ni ne décrivez aucune personne en particulier.
report-safeguarding_incidents = Nombre d’incidents touchant la protection des personnes
report-safeguarding_incidents-hint = Le nombre seulement ; 0 s’il n’y en a pas eu. N’indiquez pas qui ils concernaient.
report-safeguarding_measures = Mesures prises
report-safeguarding_measures-hint = Mesures en général. Ne nommez ni ne décrivez aucune personne en particulier.

report-expenditure = Dépenses
report-expenditure-row = Ligne { $number }
report-expenditure-line = Ligne budgétaire
report-expenditure-spent = Dépensé pendant la période (USD)
report-expenditure-explanation = Raison d’un écart
report-expenditure-explanation-hint = Nécessaire lorsque la catégorie s’écarte de plus de { RULE("explain-per-cent") } % de son budget.

report-indicators = Résultats
report-indicators-row = Résultat { $number }
report-indicators-indicator = Indicateur
report-indicators-achieved = Atteint pendant la période
report-indicators-comment = Commentaire

report-people = Personnes aidées
report-people-sex = Sexe
report-people-age = Âge
report-people-movement = Déplacement
report-people-returnee = Retour
report-people-exploitation = Forme d’exploitation
report-people-help = Forme d’aide
report-people-count = Nombre de personnes

report-submit-declaration = Je déclare au nom de l’organisation que ce rapport est exact et complet, que les dépenses ont été engagées pour la subvention et qu’elles sont étayées par des pièces justificatives.
report-submit-full_name = Vos prénom et nom
report-return-comments = Ce qui est à revoir
report-return-comments-hint = L’organisation lira ce texte.
report-accept-comments = Observations
report-accept-comments-hint = L’organisation lira ce texte.

error-line-twice = Cette ligne budgétaire figure deux fois. Regroupez toutes les dépenses sur une seule ligne.
error-line-missing = Il manque une ligne budgétaire. Saisissez toutes les lignes, avec 0 là où rien n’a été dépensé.
error-deviation-unexplained = « { $category } » : { $spent } dépensés pour un budget de { $budget }, soit un écart de plus de { $per_cent } %. Indiquez-en la raison.
warning-deviation-amendment = « { $category } » : { $spent } dépensés pour un budget de { $budget }, soit un écart de plus de { $per_cent } %. L’accord doit être modifié ; adressez-vous au secrétariat.

refused-report-transition = « { $event } » n’est pas possible tant que le rapport est dans l’état « { $state } ». Rechargez la page pour voir où il en est.
