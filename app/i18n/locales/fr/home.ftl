home-title = Aider les personnes victimes de la traite
home-lead = Le Fonds de contributions volontaires des Nations Unies accorde de petites subventions aux organisations qui offrent aux victimes de la traite un hébergement, des soins, un accompagnement psychologique, une aide juridique et un nouveau départ.
home-calls = Voir les appels à propositions
home-results = Voir les résultats
home-figures = Le Fonds à ce jour
home-received = Reçu des donateurs
home-disbursed = Versé aux partenaires
home-grants = Subventions
home-grants-note = dans { $countries } pays
home-helped = Personnes aidées
home-helped-note = selon les rapports de nos partenaires
home-how = Comment une organisation fait une demande
home-step-register = S’inscrire
home-step-register-text = Saisissez votre organisation une seule fois. Cela prend dix minutes et fonctionne sur un ancien téléphone.
home-step-apply = Faire une demande
home-step-apply-text = Remplissez la demande section par section. Tout ce que vous tapez est enregistré.
home-step-review = Examen et décision
home-step-review-text = Des évaluateurs indépendants la notent, le Conseil d’administration recommande, la Directrice exécutive ou le Directeur exécutif décide.
home-step-help = Aider
home-step-help-text = Signez l’accord, recevez le premier versement, rendez compte des résultats.
home-all-results = Tous les résultats
home-welcome = Bienvenue, { $name }
home-waits = Ce qui vous attend
home-nothing-waits = Rien ne vous attend.
home-donor-statement = Vos contributions et leurs résultats
home-pipeline = Demandes par appel
home-state = État
home-being-written = En rédaction, non soumises
home-overdue = Ce qui est en retard
home-overdue-reports = Les rapports en retard depuis le plus longtemps
home-overdue-report = Rapport { $number } de { $grant }
home-report = Rapport
home-due = Échéance
status-late = En retard
status-to-do = À faire
position-title = Situation du Fonds
results-title = Les résultats du Fonds
results-lead = Les sommes reçues et versées, et les personnes aidées. Nul ne peut être reconnu dans ces chiffres.
results-money = Les fonds
results-people = Les personnes aidées
results-by-year = Reçu et décaissé par année, USD
results-theme = Thème
results-country = Pays
results-awarded = Attribué
results-by-theme = Attribué par thème, USD
results-by-country = Attribué par pays, USD
results-received = Reçu
results-disbursed = Décaissé
results-suppression = Les nombres inférieurs à { RULE("smallest-count") } personnes, et ceux qui permettraient de les déduire, ne sont pas affichés. Les totaux sont exacts. Les personnes d’un rapport dont un groupe est aussi petit sont comptées à partir du trimestre suivant, avec celles des autres, et un chiffre qui a varié de moins de { RULE("smallest-count") } personnes n’est pas affiché.
results-under-threshold = non affiché
results-sex-age = Personnes aidées par sexe et par âge
results-sex = Sexe
results-total = Total
results-movement = Par déplacement
results-returnee = Par retour
results-exploitation = Par forme d’exploitation
results-help = Par type d’aide
results-group = Groupe
results-people-count = Personnes
waits-decisions = { $count ->
    [one] { $count } recommandation à trancher
   *[other] { $count } recommandations à trancher
}
waits-certify = { $count ->
    [one] { $count } décaissement à certifier
   *[other] { $count } décaissements à certifier
}
waits-approve = { $count ->
    [one] { $count } décaissement à approuver
   *[other] { $count } décaissements à approuver
}
waits-release = { $count ->
    [one] { $count } décaissement à ordonner
   *[other] { $count } décaissements à ordonner
}
waits-confirm = { $count ->
    [one] { $count } paiement à confirmer
   *[other] { $count } paiements à confirmer
}
waits-donors = { $count ->
    [one] { $count } donateur à confirmer
   *[other] { $count } donateurs à confirmer
}
waits-stuck-mail = { $count ->
    [one] { $count } courriel qui n’a pas pu être envoyé
   *[other] { $count } courriels qui n’ont pas pu être envoyés
}
waits-invitations = { $count ->
    [one] { $count } invitation à confirmer
   *[other] { $count } invitations à confirmer
}
waits-late-reports = { $count ->
    [one] { $count } rapport en retard
   *[other] { $count } rapports en retard
}
waits-screening = { $count ->
    [one] { $count } demande à examiner
   *[other] { $count } demandes à examiner
}
waits-reviewers = { $count ->
    [one] { $count } demande à confier à des évaluateurs
   *[other] { $count } demandes à confier à des évaluateurs
}
waits-reports = { $count ->
    [one] { $count } rapport à examiner
   *[other] { $count } rapports à examiner
}
waits-agreements = { $count ->
    [one] { $count } accord à établir
   *[other] { $count } accords à établir
}
waits-vetting = { $count ->
    [one] { $count } organisation à vérifier
   *[other] { $count } organisations à vérifier
}
waits-vetting-lapses = { $count ->
    [one] { $count } organisation dont la vérification a expiré ou expire sous { RULE("vetting-renewed-days") } jours
   *[other] { $count } organisations dont la vérification a expiré ou expire sous { RULE("vetting-renewed-days") } jours
}
waits-reviews = { $count ->
    [one] { $count } demande à évaluer
   *[other] { $count } demandes à évaluer
}
waits-votes = { $count ->
    [one] { $count } demande à mettre aux voix
   *[other] { $count } demandes à mettre aux voix
}
waits-returned = { $count ->
    [one] { $count } demande renvoyée avec des questions
   *[other] { $count } demandes renvoyées avec des questions
}
waits-drafts = { $count ->
    [one] { $count } demande en brouillon
   *[other] { $count } demandes en brouillon
}
waits-signature = { $count ->
    [one] { $count } accord de subvention à signer
   *[other] { $count } accords de subvention à signer
}
waits-own-late-reports = { $count ->
    [one] { $count } rapport en retard
   *[other] { $count } rapports en retard
}
waits-own-reports = { $count ->
    [one] { $count } rapport à remettre sous { RULE("report-soon-days") } jours
   *[other] { $count } rapports à remettre sous { RULE("report-soon-days") } jours
}
waits-profile = Complétez le profil de votre organisation
waits-unanswered = { $count ->
    [one] { $count } demande renvoyée est restée sans réponse à la date fixée
   *[other] { $count } demandes renvoyées sont restées sans réponse à la date fixée
}
waits-more-reviewers = { $count ->
    [one] { $count } demande en évaluation à laquelle manque un évaluateur
   *[other] { $count } demandes en évaluation auxquelles manque un évaluateur
}
waits-sessions = { $count ->
    [one] { $count } demande évaluée à soumettre au Conseil
   *[other] { $count } demandes évaluées à soumettre au Conseil
}
waits-unreleased = { $count ->
    [one] { $count } session close dont les décisions ne sont pas communiquées
   *[other] { $count } sessions closes dont les décisions ne sont pas communiquées
}
waits-instalments = { $count ->
    [one] { $count } subvention dont un versement peut être demandé
   *[other] { $count } subventions dont un versement peut être demandé
}
waits-indicators = { $count ->
    [one] { $count } subvention dont un indicateur est à confirmer
   *[other] { $count } subventions dont un indicateur est à confirmer
}
waits-own-pledges = { $count ->
    [one] { $count } de vos annonces a un versement en retard
   *[other] { $count } de vos annonces ont un versement en retard
}
waits-overdue-pledges = { $count ->
    [one] { $count } annonce a un versement en retard
   *[other] { $count } annonces ont un versement en retard
}
waits-late-recoveries = { $count ->
    [one] { $count } recouvrement en retard
   *[other] { $count } recouvrements en retard
}
