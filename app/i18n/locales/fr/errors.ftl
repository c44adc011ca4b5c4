# Ce qui ne va pas dans un champ d’un formulaire, et comment le corriger.

# Précède l’erreur d’un champ dans le résumé ; l’espace entre guillemets est gardée.
error-of-field = { $label } :{" "}
error-required = Remplissez ce champ.
error-choose = Choisissez une réponse dans la liste.
error-tick = Cochez cette case pour continuer.
error-file-missing = Choisissez un fichier.
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
   *[other] Les montants en { $currency } ont au plus { $decimals } décimales.
}
error-amount-too-large = Ce montant dépasse ce que les comptes peuvent contenir. Saisissez un montant plus petit.
