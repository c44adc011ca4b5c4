# Pages des rapports : liste, formulaire, examen.

reports-title = Rapports
reports-lead = Ce que les organisations ont fait de leurs subventions, dépensé et accompli.
reports-grant = Subvention
reports-report = Rapport
reports-name = { $number }. { $kind }
reports-name-of-grant = Rapport { $number } de la subvention { $grant }
reports-organisation = Organisation
reports-period = Période
reports-period-days = du { $start } au { $end }
reports-due = À remettre le
reports-state = État
reports-late = En retard
reports-submitted = Soumis
reports-submitted-by = { $name }, { $at }
reports-assessed = Examiné
reports-comments = Observations du secrétariat
reports-points = Ce que disent les règles
reports-draft-hidden = L’organisation rédige encore ce rapport. Vous pourrez le lire une fois qu’il sera soumis.
reports-nothing-yet = Rien n’est encore écrit.

reports-narrative = Rapport descriptif
reports-expenditure = Dépenses
reports-expenditure-hint = Saisissez ce que vous avez dépensé sur chaque ligne pendant cette période ; 0 si vous n’avez rien dépensé. Si une catégorie s’écarte de son budget de plus de 10 pour cent, dites pourquoi.
reports-line = Ligne budgétaire
reports-category = Catégorie
reports-budget = Budget
reports-before = Rapports précédents
reports-spent = Ce rapport
reports-spent-usd = Dépensé pendant cette période (USD)
reports-so-far = À ce jour
reports-share = Part du budget
reports-no-budget = Aucun budget
reports-explanation = Motif de l’écart
reports-total = Total
reports-results = Résultats
reports-results-hint = Saisissez pour chaque indicateur ce qui a été réalisé pendant cette période ; 0 si rien ne l’a été.
reports-indicator = Indicateur
reports-unit = Unité
reports-baseline = Au départ
reports-target = Cible
reports-achieved = Réalisé pendant cette période
reports-comment = Commentaire
reports-people = Personnes aidées
reports-group = Groupe
reports-exploitation = Forme d’exploitation
reports-help = Type d’aide
reports-count = Personnes
report-people-row = Groupe { $number }

reports-write = Rédiger le rapport
reports-write-lead = Subvention { $number }, du { $start } au { $end } ; à remettre le { $due }. Enregistrez aussi souvent que vous le souhaitez : rien n’est vérifié avant l’envoi.
reports-no-persons = Ne nommez et ne décrivez aucune victime de la traite, dans aucun champ. Les personnes sont seulement comptées, par groupe.
reports-save = Enregistrer
reports-signatory-sends = Le signataire autorisé de votre organisation envoie le rapport. Enregistrez-le et dites-lui qu’il est prêt.
reports-send = Envoyer le rapport
reports-send-lead = Le rapport est d’abord enregistré, puis vérifié. S’il manque quelque chose, tout vous est indiqué ici en une fois.
reports-send-button = Enregistrer et envoyer le rapport

reports-assess = Examiner le rapport
reports-accept = Accepter
reports-accept-lead = Les dépenses sont comptabilisées et soldent l’avance. Les tranches qui attendent ce rapport peuvent être demandées.
reports-accept-button = Accepter le rapport
reports-return = Renvoyer à l’organisation
reports-return-lead = L’organisation peut modifier le rapport et l’envoyer de nouveau. Dites ce qui est à corriger ; ne nommez et ne décrivez jamais une victime de la traite.
reports-return-button = Renvoyer le rapport
reports-not-to-assess = Il n’y a rien à examiner : le rapport n’est pas soumis, ou il est déjà accepté.

done-report-saved = Le brouillon est enregistré.
done-report-submitted = Le rapport est envoyé. Le secrétariat va le lire.
done-report-returned = Le rapport est renvoyé. L’organisation en a été informée.
done-report-accepted = Le rapport est accepté. L’organisation en a été informée.

conflict-report = Quelqu’un d’autre a enregistré ce rapport entre-temps. Votre texte est toujours là, mais n’a pas été enregistré. Ouvrez le rapport dans une autre fenêtre pour comparer ; un nouvel enregistrement remplace l’autre texte par le vôtre.
refused-report-not-editable = Ce rapport a été soumis et ne peut plus être modifié. S’il contient une erreur, demandez au secrétariat de le renvoyer.
refused-report-beyond-award = Les rapports acceptés justifieraient { $spent }, plus que les { $award } attribués. Renvoyez le rapport pour correction.
error-report-beyond-award = Avec les rapports précédents, { $spent } dépassent les { $award } attribués. Ne saisissez que ce qui a été dépensé sur la subvention.
error-indicator-twice = Cet indicateur figure deux fois. Réunissez tout le résultat sur une seule ligne.
error-indicator-missing = Un indicateur manque. Saisissez chaque indicateur, avec 0 si rien n’a été réalisé.

audit-report-start = a commencé le rapport
audit-report-saved = a enregistré le brouillon
audit-report-submit = a soumis le rapport
audit-report-resubmit = a soumis de nouveau le rapport
audit-report-return = a renvoyé le rapport
audit-report-accept = a accepté le rapport
refused-report-too-large = Ce rapport dépasse 3 Mo et ne peut pas être enregistré. Raccourcissez son texte le plus long.
