# Contributions : annonces, encaissements, taux de change, et relevé des fonds d’un donateur.

earmark-none = Sans affectation
earmark-theme-labour-migration = Thème : migration de main-d’œuvre
earmark-theme-trafficking = Thème : traite des personnes
earmark-theme-post-trafficking = Thème : après la traite
earmark-region-africa = Région : Afrique
earmark-region-asia-pacific = Région : Asie et Pacifique
earmark-region-eastern-europe = Région : Europe orientale
earmark-region-latin-america-caribbean = Région : Amérique latine et Caraïbes
earmark-region-western-europe-others = Région : Europe occidentale et autres États

instrument-note-verbale = Note verbale
instrument-exchange-of-letters = Échange de lettres
instrument-agreement = Accord
instrument-online = En ligne

contributions-title = Contributions
contributions-lead = Ce que les donateurs ont annoncé, ce qui est arrivé et ce qui reste à venir.

standing-pledged = Annoncé
standing-received = Reçu
standing-outstanding = Restant dû
standing-overdue = En retard
standing-state = Situation
standing-paid = Versé
standing-expected = Attendu

pledge-new = Saisir une annonce
pledge-new-online = Annoncer une contribution
pledge-lead = Une annonce compte à partir de la date de l’acte. L’argent est saisi à son arrivée.
pledge-lead-online = Vous annoncez une contribution de { $donor }. Le secrétariat vous envoie les coordonnées bancaires ; l’annonce figure aussitôt dans votre relevé.
pledge-title = Annonce de { $donor }
pledge-subtitle = Annoncée le { $date }
pledge-in-usd = { $amount } à { $rate } { $currency } pour un USD
pledge-donor = Donateur
pledge-currency = Monnaie
pledge-amount = Montant
pledge-amount-hint = Dans la monnaie choisie ci-dessus.
pledge-instrument = Par quel acte
pledge-date = Date de l’annonce
pledge-earmark = Affectation
pledge-earmark-hint = L’argent sans affectation va là où les besoins sont les plus grands.
pledge-psc_per_cent = Dépenses d’appui au programme
pledge-psc_per_cent-hint = { RULE("psc-per-cent") } pour cent, sauf si l’accord en dispose autrement. Mises de côté à l’arrivée de l’argent.
pledge-note = Remarque
pledge-instalments = Versements
pledge-instalments-hint = Laissez ces lignes vides si le montant entier est dû à la date de l’annonce. Sinon, leur somme, dans la même monnaie, doit être égale au montant.
pledge-instalments-row = Versement { $number }
pledge-instalments-due = Échéance
pledge-instalments-amount = Montant
pledge-send = Enregistrer l’annonce
pledge-receipts = Argent reçu

receipt-new = Saisir un encaissement
receipt-lead = Saisissez chaque paiement une seule fois, tel que le relevé bancaire l’indique. Il est converti en dollars des États-Unis au taux des Nations Unies de son mois.
receipt-amount = Montant reçu
receipt-amount-hint = Dans la monnaie choisie ci-dessous.
receipt-currency = Monnaie
receipt-date = Date de l’encaissement
receipt-bank_reference = Référence bancaire
receipt-bank_reference-hint = Telle qu’elle figure sur le relevé bancaire ; chacune ne sert qu’une fois.
receipt-rate = Taux
receipt-usd = En USD
receipt-psc = Dépenses d’appui au programme
receipt-spent-before = Dépensé auparavant (USD)
receipt-send = Enregistrer l’encaissement

rates-title = Taux de change
rates-lead = Taux de change opérationnels des Nations Unies : unités d’une monnaie pour un dollar des États-Unis, par mois. Un taux qui a servi à tenir les comptes n’est jamais modifié ; celui qui n’a pas encore servi peut être corrigé.
rate-new = Saisir un taux
rate-currency = Monnaie
rate-from = Valable dès le
rate-from-hint = Le premier du mois, ou le jour où le taux a changé au cours du mois.
rate-units_per_usd = Unités pour un USD
rate-units_per_usd-hint = Avec un point décimal et sans signe entre les milliers, par exemple 0.925 ou 4100.5.
rate-send = Enregistrer le taux
rate-import-title = Importer des taux
rate-import-file = Fichier des taux
rate-import-file-hint = CSV en UTF-8, ou collez les lignes ci-dessous.
rate-import-csv = Taux au format CSV, sans fichier
rate-import-csv-hint = Une ligne par taux : monnaie, premier jour, unités pour un USD. Par exemple EUR,2026-03-01,0.925. Toutes les lignes sont enregistrées, ou aucune.
rate-import-send = Importer
rate-confirmed = Le taux est juste tel qu’il est saisi
rate-import-confirmed = Ces taux sont justes tels qu’ils figurent dans le fichier
rate-import-confirmed-hint = Ajoutez de nouveau le fichier si vous en aviez choisi un.
rate-title = Taux pour { $currency } dès le { $date }
rate-unused-lead = Aucune écriture des comptes ne s’est encore servie de ce taux : il peut être corrigé ou supprimé. L’ancienne valeur reste dans la piste d’audit.
rate-used-lead = Des écritures des comptes ont été passées à ce taux ; il reste donc tel quel. S’il était erroné, contre-passez ces écritures et saisissez un nouveau taux à partir d’un jour ultérieur du mois.
rate-used-by = Écritures passées à ce taux
rate-replace-title = Corriger le taux
rate-replace-send = Corriger le taux
rate-remove-title = Supprimer le taux
rate-remove-after = Sans lui, aucun montant de ce mois dans cette monnaie ne peut être saisi avant qu’un autre taux ne le soit.
rate-remove-send = Supprimer le taux

statement-link = Relevé
statement-title = Relevé de { $donor }
statement-money = Où en est l’argent
statement-lead = Ce qui a été annoncé et reçu, les subventions que cela a financées et l’aide dont elles ont rendu compte.
statement-pledges = Annonces
statement-all-pledges = Les { $total } annonces
statement-currencies = Par monnaie
statement-grants = Subventions financées par cet argent
statement-grants-lead = L’argent affecté va à son objet ; le reste d’une subvention est supporté par toutes les contributions sans affectation, en proportion.
statement-grants-without-people = Au-delà de cent subventions, les personnes aidées ne sont pas comptées subvention par subvention, mais toutes ensemble ci-dessous.
statement-people = Personnes aidées
statement-people-lead = Personnes comptées dans les rapports acceptés de ces subventions ; d’autres donateurs financent aussi chacune d’elles. Les nombres inférieurs à { $threshold }, et ceux qui les révéleraient, ne sont pas montrés, afin que nul ne puisse être reconnu.
statement-people-none = Aucun rapport accepté n’a encore compté de personnes.
statement-people-total = Toutes les personnes aidées :
statement-people-all = Toutes
statement-help = Type d’aide
statement-suppressed = Non montré
statement-psc = Dépenses d’appui au programme
statement-psc-note = Mises de côté à l’arrivée de l’argent.
statement-pledged-note = Aux taux des Nations Unies des mois des annonces.
statement-committed = Engagé pour des subventions
statement-committed-note = Promis par accord aux bénéficiaires.
statement-disbursed = Décaissé
statement-available = Pas encore engagé
statement-available-note = Reçu, moins les dépenses d’appui au programme et les engagements.
statement-overdue-note = Dont { $amount } en retard.
statement-chart = Reçu et décaissé par année, en USD
statement-grant = Subvention
statement-organisation = Organisation
statement-country = Pays
statement-grant-committed = Engagé sur cet argent
statement-grant-disbursed = Décaissé sur cet argent
statement-grant-people = Personnes aidées

done-pledged = L’annonce est enregistrée.
done-received = L’encaissement est enregistré, et les dépenses d’appui au programme sont mises de côté.
done-rate-recorded = Le taux est enregistré.
done-rates-imported = Les taux sont importés.
done-rates-known = Tous les taux du fichier étaient déjà connus ; rien n’a été modifié.
done-rate-replaced = Le taux est corrigé.
done-rate-removed = Le taux est supprimé.

audit-pledge-made = a saisi l’annonce
audit-pledge-receipt = a saisi un encaissement
audit-rate-recorded = a saisi le taux de change
audit-rate-replaced = a corrigé le taux de change
audit-rate-removed = a supprimé le taux de change

refused-command-malformed = Le numéro que porte ce formulaire n’est pas de ceux que nos pages attribuent. Rien n’a été modifié. Rouvrez la page et envoyez le formulaire depuis celle-ci.
refused-command-used = Ce formulaire a déjà été envoyé, avec d’autres chiffres, et ceux-ci sont enregistrés. Rien n’a été modifié cette fois. Si ceci doit être saisi en plus, vérifiez-le et envoyez-le de nouveau.
error-contribution-zero = Saisissez un montant d’au moins un centime de dollar des États-Unis.
error-pledge-before-month = Saisissez un jour de ce mois, à partir du { $from }. Pour une annonce antérieure, écrivez au Fonds.
error-contribution-future = Saisissez la date d’aujourd’hui ou un jour antérieur.
error-instalments-sum = La somme des versements est de { $sum }, mais le montant est de { $amount }. Modifiez l’un ou l’autre pour qu’ils soient égaux.
error-psc-by-finance = Laissez ce champ vide : seuls les fonctionnaires des finances du Fonds fixent les dépenses d’appui au programme.
error-bank-reference-used = Un encaissement portant cette référence bancaire est déjà saisi. Vérifiez s’il s’agit du même paiement ; sinon, corrigez la référence.
error-rate-missing = Il n’y a pas de taux de change pour { $currency } valable le { $date }. Le taux du mois qui commence le { $month } doit d’abord être saisi, sous « Taux de change ».
error-rate-usd = Le dollar des États-Unis n’a pas besoin de taux : il vaut toujours 1. Choisissez une autre monnaie.
error-rate-comma = On ne sait pas si la virgule est un signe décimal. Écrivez le taux avec un point décimal et sans signe entre les milliers, par exemple 0.925 ou 4100.5.
error-rate-exists = Le taux pour { $currency } dès le { $date } est déjà saisi, à { $known }. S’il est erroné, ouvrez-le dans la liste : il peut être corrigé tant qu’aucune écriture des comptes ne s’en est servie. Si le taux a changé plus tard, saisissez le jour du changement.
error-rate-unusual = { $typed } est { $change } % { $direction ->
    [higher] plus élevé
   *[lower] plus bas
} que le taux pour { $currency } dès le { $beside }, qui est de { $known }. Vérifiez le signe décimal et la monnaie. Si le taux est juste, cochez la case et envoyez-le de nouveau.
error-rate-line-unusual = Ligne { $line } : { $typed } est { $change } % { $direction ->
    [higher] plus élevé
   *[lower] plus bas
} que le taux pour { $currency } dès le { $beside }, qui est de { $known }. Corrigez la ligne ; ou, si tous les taux cités ici sont justes, cochez la case et importez de nouveau.
refused-rate-used = Les comptes se sont servis de ce taux pour la première fois dans l’écriture { $entry } du { $date } ; il ne peut plus être modifié. Contrepassez ce qui a été saisi à ce taux, et saisissez un nouveau taux à partir d’un jour ultérieur du mois.
error-rate-file-empty = Le texte ne contient aucun taux. Ajoutez une ligne par taux, par exemple EUR,2026-03-01,0.925.
error-rate-line-columns = Ligne { $line } : écrivez trois colonnes : monnaie, premier jour, unités pour un USD.
error-rate-line-currency = Ligne { $line } : « { $value } » n’est pas une monnaie qui a besoin d’un taux. Écrivez ses trois lettres, par exemple EUR.
error-rate-line-date = Ligne { $line } : « { $value } » n’est pas une date. Écrivez-la sous la forme 2026-03-01.
error-rate-line-rate = Ligne { $line } : « { $value } » n’est pas un taux. Écrivez un nombre supérieur à 0 avec un point décimal, par exemple 0.925.
error-rate-line-exists = Ligne { $line } : le taux pour { $currency } dès le { $date } est déjà saisi, à { $known }. Supprimez la ligne ou corrigez-la. Si le taux saisi est erroné, ouvrez-le dans la liste : il peut être corrigé tant qu’aucune écriture des comptes ne s’en est servie.
contributions-overdue = Avec un versement en retard
statement-results = Ce que rapportent les subventions
statement-results-lead = Les cibles et ce que donnent jusqu’ici les rapports acceptés, pour les subventions ci-dessus. Les petits nombres sont masqués. Les résultats concernant des personnes figurent dans le nombre de personnes aidées ; les autres résultats sont montrés une fois que le Fonds a confirmé qu’ils ne comptent pas de personnes.
statement-results-of-people = Non montré séparément
statement-indicator = Indicateur
statement-unit = Unité
statement-target = Cible
statement-achieved = À ce jour
