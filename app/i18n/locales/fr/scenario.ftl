# Un scénario pour le Conseil : ce qui resterait.

scenario-title = Ce qui resterait
scenario-lead = { $title } : cochez des demandes pour voir ce que leur approbation, l’une après l’autre à partir de la meilleure note, laisserait de chaque affectation. Cela ne décide et ne réserve rien.
scenario-none = Cochez les demandes envisagées et choisissez « Afficher ce qui resterait ».
scenario-fits = { $count ->
    [one] La demande de { $amount } est couverte.
   *[other] Les { $count } demandes, soit { $amount } au total, sont couvertes.
}
scenario-beyond = { $beyond ->
    [one] Sur { $count } demandes, soit { $amount } au total, une n’est plus couverte.
   *[other] Sur { $count } demandes, soit { $amount } au total, { $beyond } ne sont plus couvertes.
}
scenario-money = Fonds par affectation
scenario-now = Disponible aujourd’hui
scenario-taken = Serait engagé
scenario-left = Resterait
scenario-applications = Demandes
scenario-tick = Demande
scenario-amount = Recommandé, à défaut demandé
scenario-outcome = Dans ce scénario
scenario-empty = Aucune demande n’attend de fonds ici.
scenario-show = Afficher ce qui resterait
scenario-covered = Couverte
scenario-no-longer = N’est plus couverte
scenario-not-covered = Il ne resterait que { $available } pour son objet.
scenario-elsewhere = { $count ->
    [one] Une demande cochée sur une autre page en fait aussi partie. Allez à cette page pour l’enlever.
   *[other] { $count } demandes cochées sur d’autres pages en font aussi partie. Allez à ces pages pour les enlever.
}
