# Évaluation technique : critères, notes, conflits d’intérêts.

criterion-relevance = Pertinence par rapport à l’appel
criterion-design = Qualité de la conception et des résultats
criterion-rights = Droits, genre et âge, protection
criterion-capacity = Capacités et expérience
criterion-sustainability = Durabilité
criterion-budget = Budget et rapport coût-efficacité

review-state-assigned = Confiée
review-state-conflict = Conflit d’intérêts
review-state-in-progress = En cours
review-state-submitted = Remise

review-event-declare-none = Déclarer l’absence de conflit
review-event-declare-conflict = Déclarer un conflit d’intérêts
review-event-submit = Remettre l’évaluation
review-event-reopen = Rouvrir l’évaluation

conflict-none = Je n’ai pas de conflit d’intérêts
conflict-conflict = J’ai un conflit d’intérêts, réel ou apparent

review-recommendation-recommend = Recommander
review-recommendation-with-conditions = Recommander sous conditions
review-recommendation-do-not-recommend = Ne pas recommander

review-conflict-conflict = Conflit d’intérêts
review-conflict-conflict-hint = Il y a conflit dès qu’un lien avec l’organisation, ses membres ou ses partenaires peut faire douter de votre impartialité.
review-conflict-reason = Nature du conflit
review-conflict-reason-hint = À remplir seulement si vous déclarez un conflit.
review-reopening-review = Évaluation de
review-reopening-reason = Ce qui est à revoir
review-reopening-reason-hint = La personne qui évalue lit ce texte, par courriel et à côté de son évaluation.

review-scores = Notes
review-scores-row = Critère { $number }
review-scores-criterion = Critère
review-scores-score = Note
review-scores-score-hint = Un nombre entier compris entre 0 et le poids du critère.
review-scores-comment = Commentaire
review-scores-comment-hint = Indiquez sur quoi repose la note. Ne nommez ni ne décrivez aucune personne en particulier.
review-overall = Appréciation générale
review-overall-hint = Principaux points forts et points faibles, à l’intention du Conseil. Ne nommez ni ne décrivez aucune personne en particulier.
review-recommendation = Votre recommandation

error-score-above-weight = { $most ->
    [one] Donnez au plus { $most } point pour ce critère.
   *[other] Donnez au plus { $most } points pour ce critère.
}
error-criterion-twice = Ce critère figure deux fois. Supprimez-en un.
error-criterion-missing = Donnez une note pour « { $criterion } ».
error-conflict-reason = Indiquez en quelques mots en quoi consiste le conflit.

refused-review-transition = « { $event } » n’est pas possible tant que l’évaluation est dans l’état « { $state } ». Rechargez la page pour voir où elle en est.
