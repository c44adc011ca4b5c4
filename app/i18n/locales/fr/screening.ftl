# Examen de la recevabilité.

screening-page-title = Examen de la recevabilité
screening-page-lead = Vérifiez la demande au regard des conditions publiées du Fonds et indiquez sur quoi repose votre décision.
screening-page-known = Ce que le système sait
screening-page-registered = Date d’enregistrement ; trois ans à la date limite
screening-page-no-date = aucune date indiquée
screening-page-documents = Documents obligatoires
screening-page-amount = Montant dans les limites de l’appel
screening-page-rule = La demande est recevable si toutes les conditions sont cochées, et irrecevable s’il en manque une.
screening-page-unanswered = L’organisation n’a pas répondu à temps. La demande ne peut qu’être déclarée irrecevable : ne cochez pas la condition qui n’a pas pu être précisée, et dites-le.
screening-page-decide = Enregistrer la décision
screening-page-eligible = Recevable
screening-page-ineligible = Irrecevable
screening-page-met = Conditions remplies
screening-page-reasons = Motifs
screening-page-by = Examinée par
done-application-eligible = La demande est recevable. Des évaluateurs peuvent maintenant être désignés.
done-application-ineligible = La demande est irrecevable. L’organisation en est informée par courriel, avec les motifs.
error-screening-registration = Le profil de l’organisation n’établit pas trois ans d’enregistrement à la date limite. Décochez cette condition ou faites d’abord corriger le profil.
error-screening-unanswered = L’organisation n’a pas répondu à temps : toutes les conditions ne peuvent pas être remplies. Décochez celle qui n’a pas pu être précisée.
