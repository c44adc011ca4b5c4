# Pages des demandes.

applications-title = Demandes
applications-lead = Les demandes soumises par les organisations, la dernière modification en premier.
applications-lead-own = Les demandes de votre organisation.
applications-find-call = Trouver un appel
applications-project = Projet
applications-number = Numéro
applications-organisation = Organisation
applications-country = Pays
applications-requested = Demandé au Fonds
applications-state = État
applications-updated = Dernière modification
applications-call = Appel
applications-theme = Thème
applications-duration = Durée
applications-months = { $months ->
    [one] { $months } mois
   *[other] { $months } mois
}
applications-submitted = Soumise
applications-content = Contenu soumis
applications-tasks = Rubriques
applications-progress = { $complete } rubriques sur { $all } sont complètes.
applications-until = Vous pouvez modifier et soumettre cette demande jusqu’au { $deadline }.
applications-saved-by = Enregistrée par { $name } le { $at }
applications-section-number = Rubrique { $number } sur { $all }
applications-back = Retour à la demande
applications-save-next = Enregistrer et continuer
applications-save-rows = Enregistrer et ajouter des lignes
applications-not-saved = Votre saisie n’a pas été enregistrée
applications-open-here = Encore à compléter dans cette rubrique
applications-yes = Oui
applications-no = Non

applications-lead-summary = Titre, thème, lieu et durée du projet, et son objet en quelques lignes.
applications-lead-context = Où des personnes ont été victimes de la traite, ce dont elles ont besoin, et pourquoi cela s’y produit.
applications-lead-people = Combien de personnes le projet aidera, groupe par groupe. Ajoutez une ligne par groupe.
applications-lead-activities = Ce que vous ferez, et de quelle forme d’aide il s’agit.
applications-lead-results = Ce que le projet obtiendra, avec un indicateur, le point de départ et la cible.
applications-lead-budget = Ce que coûte le projet, ligne par ligne, en dollars des États-Unis.
applications-lead-safeguarding = Comment vous protégez les personnes que vous aidez, et ce que déclare votre organisation.
applications-lead-documents = Les pièces jointes à la demande.

conflict-section-changed = { $name } a enregistré cette rubrique le { $at }, après que vous l’avez ouverte, et a modifié la même chose que vous. Votre texte n’est pas encore enregistré : comparez les deux ci-dessous et enregistrez de nouveau.

applications-check = Vérifier la demande
applications-check-lead = Tout ce qui doit être corrigé avant que la demande puisse être soumise.
applications-open-title = Encore à compléter
applications-open-points = { $number ->
    [one] Un point reste à compléter. Le lien mène au champ concerné.
   *[other] { $number } points restent à compléter. Chaque lien mène au champ concerné.
}
applications-warnings-title = À expliquer
applications-warnings-text = Ces points ne vous empêchent pas de soumettre, mais les évaluateurs poseront la question. Indiquez dans les lignes à quoi elles servent.
applications-ready = La demande est complète.
applications-go-to-submit = Passer à la soumission
applications-signatory-submits = Le signataire autorisé de votre organisation peut maintenant la soumettre.
applications-complete-profile = Compléter le profil

applications-submit = Soumettre la demande
applications-submit-lead = Vous signez au nom de votre organisation. Ce que vous soumettez est figé ; vous recevez un accusé de réception par courriel.
applications-submit-what = Demande { $number }, révision { $revision }, d’un montant de { $requested }.
applications-submit-declared = Dans la rubrique sur la protection, votre organisation a déclaré :
applications-declaration-version = Version des déclarations : { $version }

applications-facts = À propos de la demande
applications-assign = Désigner des évaluateurs
applications-reviews = Évaluations
applications-withdraw = Retirer la demande
applications-withdraw-title = Retirer la demande
applications-withdraw-lead = La demande est retirée définitivement. Personne ne l’examinera.
applications-return = Renvoyer pour précisions
applications-return-lead = L’organisation peut modifier la demande et la soumettre de nouveau jusqu’à la fin du jour que vous fixez, heure de Vienne.
applications-screen = Examiner la recevabilité
applications-screen-again = N’est plus recevable
applications-reconsider = Réexaminer la demande
applications-reconsider-lead = La recevabilité de la demande est examinée de nouveau. Les évaluations déjà faites comptent si la demande est déclarée recevable.
applications-rejected-title = Non retenue
applications-rejected-text = Le Conseil d’administration a décidé de ne pas recommander cette demande pour une subvention. Son motif :
applications-returned-title = Le secrétariat vous demande des précisions
applications-returned-unanswered = La date est passée sans réponse. Déclarez la demande irrecevable, ou renvoyez-la encore une fois avec une nouvelle date.
applications-returned-due = Veuillez soumettre de nouveau la demande au plus tard le { $due }.

applications-revisions = Révisions soumises
applications-revision = Révision { $number }
applications-revision-lead = Telle qu’elle a été soumise. Elle ne peut plus être modifiée.
applications-declared-by = Déclaré par
applications-declaration = Version des déclarations

applications-budget-hint = Quantité × coût unitaire × nombre de fois donne le total d’une ligne ; ce que vous demandez et ce que paient d’autres doivent l’égaler.

done-application-started = Votre demande est commencée. Remplissez les rubriques dans l’ordre que vous voulez.
done-application-submitted = La demande est soumise. Un accusé de réception vous est envoyé par courriel.
done-application-withdrawn = La demande est retirée.
done-application-returned = La demande est renvoyée à l’organisation, qui en est informée par courriel.

refused-deadline-passed = La date limite était le { $deadline }. Plus rien ne peut être modifié ni soumis.
refused-clarification-running = L’organisation peut encore répondre jusqu’au { $due }. Attendez sa réponse.
refused-application-exists = Votre organisation a déjà la demande { $number } pour cet appel. Ouvrez-la depuis la liste des demandes.
refused-application-not-editable = Une demande dans l’état « { $state } » ne peut pas être modifiée.
refused-section-too-large = Cette rubrique dépasse { RULE("draft-megabytes") } Mo et ne peut pas être enregistrée. Raccourcissez son texte le plus long.
refused-profile-incomplete = Le profil de votre organisation n’est pas complet. Complétez-le avant de soumettre la demande.
refused-open-points = { $number ->
    [one] Un point reste à compléter. La page de vérification indique lequel.
   *[other] { $number } points restent à compléter. La page de vérification indique lesquels.
}
error-date-not-future = Choisissez un jour postérieur à aujourd’hui.

audit-application-created = a commencé la demande
audit-application-section-saved = a enregistré une rubrique
audit-application-submit = a soumis la demande
audit-application-return = l’a renvoyée pour précisions
audit-application-resubmit = l’a soumise de nouveau
audit-application-find-eligible = l’a déclarée recevable
audit-application-find-ineligible = l’a déclarée irrecevable
audit-application-reconsider = l’a remise à l’examen de la recevabilité
audit-application-reconsider-reason = a donné le motif du réexamen
audit-application-withdraw = a retiré la demande
audit-application-withdraw-reason = a donné un motif de retrait

application-people-people-row = Groupe { $number }
application-activities-activities-row = Activité { $number }
application-results-results-row = Résultat { $number }
application-budget-lines-row = Ligne { $number }
applications-awaited-to-answer = En attente d’une réponse
applications-awaited-to-submit = Brouillon qui peut encore être soumis
applications-awaited-unanswered = Sans réponse à la date fixée
applications-awaited-lacks-reviewers = Un évaluateur manque
applications-awaited-before-board = À soumettre au Conseil
