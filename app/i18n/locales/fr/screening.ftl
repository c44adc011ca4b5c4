# Examen de la recevabilité.

screening-page-title = Examen de la recevabilité
screening-page-lead = Vérifiez la demande au regard des conditions publiées du Fonds et indiquez sur quoi repose votre décision. Ce que le Fonds note pour lui-même et ce que lit l’organisation sont deux champs.
screening-page-known = Ce que le système sait
screening-page-registered = Date d’enregistrement ; { RULE("registered-years") } ans à la date limite
screening-page-no-date = aucune date indiquée
screening-page-documents = Documents obligatoires
screening-page-amount = Montant dans les limites de l’appel
screening-page-rule = La demande est recevable si toutes les conditions sont cochées, et irrecevable s’il en manque une.
screening-page-unanswered = L’organisation n’a pas répondu à temps. La demande ne peut qu’être déclarée irrecevable : ne cochez pas la condition qui n’a pas pu être précisée, et dites-le.
screening-page-decide = Enregistrer la décision
screening-page-eligible = Recevable
screening-page-ineligible = Irrecevable
screening-page-met = Conditions remplies
screening-page-failed = Conditions non remplies
screening-page-by = Examinée par
screening-page-at = Examinée le
screening-page-again = Cette demande a été déclarée recevable. Décochez la condition qui se révèle non remplie : la demande est écartée aussitôt, et ni les évaluateurs ni le Conseil ne s’en occupent plus. Les évaluations et les votes sont conservés, pour le cas où elle serait réexaminée.
done-application-eligible = La demande est recevable. Des évaluateurs peuvent maintenant être désignés.
done-application-ineligible = La demande est irrecevable. L’organisation apprend par courriel quelles conditions ne sont pas remplies.
done-application-reconsidered = La recevabilité de la demande est à réexaminer. L’organisation en est informée par courriel.
error-screening-registration = Le profil de l’organisation n’établit pas { RULE("registered-years") } ans d’enregistrement à la date limite. Décochez cette condition ou faites d’abord corriger le profil.
error-screening-told = Dites à l’organisation pourquoi la condition n’est pas remplie.
error-screening-unchanged = Cette demande a été déclarée recevable. Décochez la condition qui se révèle non remplie.
refused-reconsider-decided = L’appel « { $call } » est décidé : ses demandes ne peuvent plus être réexaminées.
refused-reconsider-other = L’organisation a une autre demande pour cet appel, { $number }. Il faut d’abord qu’elle soit retirée ou tranchée.
error-screening-unanswered = L’organisation n’a pas répondu à temps : toutes les conditions ne peuvent pas être remplies. Décochez celle qui n’a pas pu être précisée.
