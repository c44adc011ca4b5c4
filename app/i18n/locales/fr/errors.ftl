# Ce qui ne va pas dans un champ d’un formulaire, et comment le corriger.

# Précède l’erreur d’un champ dans le résumé ; l’espace entre guillemets est gardée.
error-of-field = { $label } :{" "}
error-required = Remplissez ce champ.
error-choose = Choisissez une réponse dans la liste.
error-tick = Cochez cette case pour continuer.
error-file-missing = Choisissez un fichier.
error-file-broken = Le fichier est endommagé, coupé, ou d’un autre type qu’il ne semble. Enregistrez-le ou téléchargez-le de nouveau.
error-file-no-text = Le fichier n’est pas un texte lisible. Enregistrez-le comme « CSV UTF-8 », ou téléchargez-le de nouveau.
error-file-encoding = Le fichier devrait être dans l’encodage « { $encoding } », mais contient des signes qui n’y existent pas. Téléchargez-le de nouveau, ou enregistrez-le en UTF-8.
error-file-encoding-unknown = Le fichier annonce l’encodage « { $encoding } », qui ne peut pas être lu. Demandez un fichier en UTF-8.
error-file-rows = Le fichier compte plus de { $most } lignes. Divisez-le.
error-file-columns = Ligne { $row } : il y a quelque chose au-delà de la colonne { $most }. Supprimez-le, ou choisissez un autre fichier.
error-file-cell = Ligne { $row }, colonne { $column } : la cellule compte plus de { $most } caractères. Raccourcissez-la. Un guillemet qui n’est pas fermé peut en être la cause.
error-file-sum = Les cellules du fichier contiennent ensemble plus de { $most } Mo. Divisez-le.
error-file-entries = Le fichier contient plus de { $most } écritures et paiements. Demandez à la banque moins de jours à la fois.
error-file-unfolded = Décompressé, le fichier dépasse { $most } Mo. Supprimez les images et les feuilles inutiles, ou copiez les lignes dans un nouveau classeur.
error-file-parts = Le fichier se compose de plus de { $most } parties. Enregistrez son contenu dans un nouveau fichier.
error-file-texts = Le classeur contient plus de { $most } textes différents. Copiez les lignes utiles dans un nouveau classeur.
error-file-formats = Le classeur contient plus de { $most } mises en forme. Copiez les lignes dans un nouveau classeur, en valeurs seulement.
error-file-lines-more = { $count ->
    [one] Une autre ligne est fausse.
   *[other] { $count } autres lignes sont fausses.
}
error-too-few-rows = { $least ->
    [one] Ajoutez au moins une ligne.
   *[other] Ajoutez au moins { $least } lignes.
}
error-too-many-rows = { $most ->
    [one] Ne gardez qu’une ligne.
   *[other] Gardez au plus { $most } lignes.
}
error-no-such-choice = « { $value } » ne figure pas parmi les réponses. Choisissez-en une dans la liste.
error-one-line = Écrivez ce texte sur une seule ligne, sans retour à la ligne.
error-control-characters = Le texte contient un caractère qui ne peut pas être affiché ({ $code }), peut-être dû à une copie. Il se trouve ici : « { $place } ». Supprimez ce qui est entre ces mots et tapez-le de nouveau.
error-too-long = { $most ->
    [one] Le texte compte { $length } caractères. Ramenez-le à { $most } caractère.
   *[other] Le texte compte { $length } caractères. Ramenez-le à { $most } caractères.
}
error-email = Saisissez une adresse électronique, par exemple nom@example.org.
error-whole-number = Saisissez un nombre entier en chiffres, par exemple 12.
error-negative = Saisissez zéro ou un nombre positif, sans signe moins.
error-too-large = Saisissez un nombre ne dépassant pas { $most }.
error-number = Saisissez un nombre en chiffres, par exemple 12,5.
error-rate-range = Saisissez un nombre supérieur à 0 et ne dépassant pas 10 000 000, par exemple 0,925.
error-too-precise = { $decimals ->
    [0] Saisissez un nombre sans décimale.
    [one] Saisissez un nombre comptant au plus { $decimals } décimale.
   *[other] Saisissez un nombre comptant au plus { $decimals } décimales.
}
error-percent-range = Saisissez un nombre compris entre 0 et 100, par exemple 12,5.
error-date = Saisissez une date qui existe, sous la forme jour/mois/année ou année-mois-jour, par exemple 31/03/2026 ou 2026-03-31.
error-clock = Saisissez une heure comprise entre 00:00 et 23:59, par exemple 17:30.
error-amount = Saisissez un montant en chiffres, par exemple 1 250,50.
error-amount-too-precise = { $decimals ->
    [0] Les montants en { $currency } n’ont pas de décimales. Saisissez un nombre entier, par exemple 1250.
    [one] Les montants en { $currency } ont au plus { $decimals } décimale.
   *[other] Les montants en { $currency } ont au plus { $decimals } décimales. Écrivez les milliers avec une espace, 33 333, ou sans rien, 33333.
}
error-amount-too-large = Ce montant dépasse ce que les comptes peuvent contenir. Saisissez un montant plus petit.
error-name-address = Saisissez le nom seul, sans adresse de site ni adresse électronique.
