# Pages des évaluations techniques et du classement.

reviews-title = Mes évaluations
reviews-lead = Les demandes qui vous ont été confiées pour notation.
reviews-application = Demande
reviews-number = Numéro
reviews-organisation = Organisation
reviews-country = Pays
reviews-requested = Demandé au Fonds
reviews-assigned = Confiée le
reviews-state = État
reviews-total = Points

review-lead = Votre évaluation de cette demande, de la déclaration d’intérêts aux notes.
review-read-application = Lire la demande
review-conflict-title = D’abord : un conflit d’intérêts ?
review-conflict-text = Avant de lire la demande, dites si vous avez un conflit d’intérêts. En cas de conflit, vous n’en verrez plus rien et une autre personne l’évaluera.
review-declare = Déclarer
review-scores-title = Vos notes
review-scores-text = Notez chaque critère et dites pourquoi. Enregistrez aussi souvent que vous le souhaitez ; personne ne voit vos notes avant que vous les remettiez.
review-no-names = Ne nommez ni ne décrivez aucune personne victime de la traite.
review-criterion = { $criterion } ({ $weight } au plus)
review-save = Enregistrer le brouillon
review-submit = Remettre l’évaluation
review-submit-hint = Une évaluation remise ne peut être modifiée que si le secrétariat la rouvre.
review-reopened = Le secrétariat vous demande de revoir votre évaluation. Modifiez ce qui doit l’être, puis remettez-la de nouveau.
review-later-title = Un conflit d’intérêts malgré tout ?
review-later-text = Si vous en découvrez un à la lecture, déclarez-le ici. Ce que vous avez écrit jusque-là sera effacé.
review-handed-in = Vous avez remis cette évaluation avec un total de { $total ->
    [one] { $total } point
   *[other] { $total } points
}. Elle ne peut plus être modifiée.
review-compare = Voir les évaluations de cette demande
review-overtaken = Cette demande n’est plus en cours d’évaluation. Vous n’avez plus rien à faire ; ce que vous avez écrit est conservé.
review-assignment-reviewer = Évaluateur ou évaluatrice

compare-title = Évaluations
compare-lead = Les évaluations techniques de cette demande, côte à côte.
compare-waiting = Toutes les évaluations ne sont pas encore remises. La demande passe au Conseil lorsqu’au moins { $least } évaluations sont remises et qu’aucune n’est en cours.
compare-recommendable = Toutes les évaluations sont remises, avec { $mean } points en moyenne. La demande peut être recommandée.
compare-not-recommendable = Toutes les évaluations sont remises, avec { $mean } points en moyenne. La demande ne peut pas être recommandée : il faut { RULE("points") } points au total, et la moitié des points pour la pertinence et pour les droits.
compare-incomplete = Une évaluation a été remise, mais des notes manquent dans son enregistrement ; elle ne compte pas, et la demande ne peut pas être recommandée. Prévenez un administrateur : le journal du serveur indique l’enregistrement.
review-incomplete = Incomplète
compare-reviewers = Évaluateurs et évaluatrices
compare-reviewer = Évaluateur ou évaluatrice
compare-recommendation = Recommandation
compare-take-back = La reprendre à { $name }
compare-take-back-lead = { $name } n’a pas remis d’évaluation. Si vous reprenez la demande, ce que { $name } a écrit jusqu’ici est perdu et un courriel l’en informe. Lorsque toutes les autres évaluations sont remises, et qu’il y en a au moins { RULE("reviews") }, la demande passe au Conseil ; sinon, confiez-la à une autre personne.
compare-take-back-button = Reprendre la demande
compare-assign = Confier la demande à une autre personne
compare-assign-again = Demander une autre évaluation
compare-assign-again-text = La demande revient en évaluation jusqu’à ce que la nouvelle évaluation soit remise. La moyenne de toutes les évaluations compte alors.
compare-disputed = Les évaluations diffèrent de { $points } points. Tant qu’il n’y en a que deux et que plus de { $most } points les séparent, le Conseil ne peut pas approuver la demande : demandez une troisième évaluation ou rouvrez-en une.
compare-reopen = Rouvrir une évaluation
compare-reopen-text = La personne peut modifier son évaluation et la remet de nouveau ; jusque-là, la demande est en évaluation.
compare-reopen-button = Rouvrir
compare-assign-button = Confier
compare-nobody = Toutes les personnes qui évaluent ont déjà cette demande. Un administrateur peut en inviter une autre.
compare-scores = Notes par critère
compare-criterion = Critère
compare-mean = Moyenne
compare-opinion = L’avis de { $name }

ranking-title = Classement
ranking-lead = Les demandes de « { $call } » dont les évaluations sont remises, les meilleures d’abord.
ranking-nothing = Aucune demande n’attend de financement.
ranking-all = Les { $available } disponibles couvrent les { $total } demandes, qui totalisent { $asked }.
ranking-none = Les { $available } disponibles ne couvrent pas même la première demande. Les { $total } demandes totalisent { $asked } ; il manque { $missing }.
ranking-some = Les { $available } disponibles couvrent les { $covered } premières demandes sur { $total }. Elles s’arrêtent au trait épais. Toutes ensemble totalisent { $asked } ; il manque { $missing }.
ranking-earmarks = Les fonds affectés sont comptés s’ils conviennent à l’une au moins de ces demandes ; une demande à laquelle ils ne conviennent pas peut disposer de moins.
ranking-place = Rang
ranking-mean = Note moyenne
ranking-cumulative = Cumul
ranking-money = Financement
ranking-within = Couverte
ranking-beyond = Non couverte
ranking-not-its-purpose = Fonds affectés à d’autres fins
ranking-below = Ne peuvent pas être recommandées
ranking-below-link = { $number ->
    [one] { $number } demande ne peut pas être recommandée
   *[other] { $number } demandes ne peuvent pas être recommandées
}
ranking-back = Revenir au classement
ranking-below-text = Moins de { RULE("points") } points au total, ou moins de la moitié des points pour la pertinence ou pour les droits.

done-review-assigned = La demande est confiée ; un courriel l’annonce à la personne choisie.
done-review-reopened = L’évaluation est rouverte ; un courriel en informe la personne qui évalue.
done-review-taken-back = La demande est reprise ; un courriel en informe la personne qui l’évaluait.
done-review-conflict = Merci. Vous ne verrez plus rien de cette demande.
done-review-no-conflict = Merci. Vous pouvez maintenant lire la demande et la noter.
done-review-submitted = Votre évaluation est remise.

refused-review-assign = On confie à l’évaluation une demande recevable, en cours d’évaluation ou évaluée. Celle-ci est à une autre étape.
refused-review-recorded = Le Conseil a consigné ce qu’il recommande pour cette demande. Retirez la recommandation, ou communiquez les décisions de la session, avant de la faire évaluer de nouveau.
refused-review-take-back = Cette évaluation est remise, ou la personne s’est récusée : il n’y a rien à reprendre.
refused-review-closed = Cette demande n’est plus en cours d’évaluation ; ses évaluations ne peuvent plus changer.
refused-review-not-in-progress = Les notes s’enregistrent entre la déclaration d’absence de conflit d’intérêts et la remise. Cette évaluation est à une autre étape.
error-reviewer-unknown = Choisissez l’une des personnes actives qui évaluent.
error-reviewer-twice = { $name } a déjà cette demande. Choisissez une autre personne.
error-reviewer-tie = { $name } a un lien avec cette organisation. Choisissez une autre personne.

audit-review-assigned = a confié la demande à l’évaluation
audit-review-reopened = a rouvert une évaluation
audit-application-review-again = l’a remise en évaluation
audit-review-taken-back = a repris la demande à une personne qui l’évaluait
audit-review-conflict = a déclaré un conflit d’intérêts
audit-review-no-conflict = a déclaré l’absence de conflit d’intérêts
audit-review-saved = a enregistré le brouillon d’une évaluation
audit-review-submitted = a remis une évaluation
audit-application-start-review = a ouvert l’évaluation
audit-application-complete-review = a achevé l’évaluation
conflict-review = Vous avez enregistré cette évaluation dans une autre fenêtre entre-temps, et la même chose y a été modifiée. Ce texte n’est pas encore enregistré : comparez les deux ci-dessous et enregistrez de nouveau.
