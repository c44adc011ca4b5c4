# Demandes : états, rubriques, documents et points à compléter.

application-state-draft = Brouillon
application-state-submitted = Soumise
application-state-returned = Renvoyée pour précisions
application-state-eligible = Recevable
application-state-ineligible = Irrecevable
application-state-in-review = En évaluation technique
application-state-reviewed = Évaluée
application-state-recommended = Recommandée par le Conseil
application-state-reserved = Sur la liste de réserve
application-state-rejected = Rejetée
application-state-awarded = Subvention attribuée
application-state-withdrawn = Retirée

application-event-submit = Soumettre
application-event-return = Renvoyer pour précisions
application-event-resubmit = Soumettre de nouveau
application-event-find-eligible = Déclarer recevable
application-event-find-ineligible = Déclarer irrecevable
application-event-reconsider = Réexaminer
application-event-start-review = Commencer l’évaluation technique
application-event-complete-review = Clore l’évaluation technique
application-event-review-again = Évaluer de nouveau
application-event-recommend = Recommander
application-event-reserve = Mettre sur la liste de réserve
application-event-reject = Rejeter
application-event-award = Attribuer la subvention
application-event-send-back = Renvoyer au Conseil
application-event-take-back = Retirer la recommandation
application-event-withdraw = Retirer

section-summary = Résumé et thème
section-context = Contexte et besoins
section-people = Personnes aidées
section-activities = Activités et formes d’aide
section-results = Résultats
section-budget = Budget
section-safeguarding = Risques et protection
section-documents = Documents

section-status-not-started = Non commencée
section-status-in-progress = En cours
section-status-complete = Complète

document-registration-certificate = Certificat d’enregistrement
document-statutes = Statuts
document-audited-accounts = Derniers comptes vérifiés
document-activity-report = Dernier rapport d’activité
document-bank-letter = Attestation bancaire
document-signatory-authorisation = Pouvoir du signataire
document-support-letter = Lettre de soutien (facultative)

screening-non-profit = Organisation de la société civile à but non lucratif
screening-registered-three-years = Enregistrée dans son pays depuis au moins { RULE("registered-years") } ans
screening-direct-help-experience = Expérience de l’aide directe aux victimes
screening-audited-accounts = Comptes vérifiés ou certifiés
screening-no-conviction = Ni faillite, ni condamnation pour fraude ou pour traite
screening-not-sanctioned = Absente de la liste récapitulative du Conseil de sécurité
screening-documents-complete = Tous les documents sont présents et valables
screening-within-call = Conforme aux thèmes, pays, montants et durées de l’appel

application-privacy-warning = Ne nommez et ne décrivez jamais une victime, même sans donner son nom. Ne parlez que de groupes et de chiffres.

application-start-title = Titre du projet
application-start-title-hint = Vous pourrez le modifier par la suite.

application-summary-title = Titre du projet
application-summary-theme = Thème
application-summary-sub_themes = Sous-thèmes
application-summary-country = Pays dans lequel l’aide est apportée
application-summary-location = Villes, districts ou régions
application-summary-location-hint = N’indiquez pas l’adresse des centres d’hébergement.
application-summary-duration_months = Durée en mois
application-summary-start_date = Premier jour du projet
application-summary-summary = Résumé
application-summary-summary-hint = Ce que vous ferez, pour qui, et ce qui ira mieux à la fin. Ne nommez ni ne décrivez aucune personne en particulier.

application-context-context = Situation dans laquelle vous travaillez
application-context-needs = Besoins des victimes
application-context-needs-hint = Ce qui manque aux personnes, et comment vous le savez. Ne nommez ni ne décrivez aucune personne en particulier.
application-context-root_causes = Causes profondes
application-context-root_causes-hint = Pauvreté, manque de pouvoir, migration de main-d’œuvre et autres causes, et leur rapport avec le projet.
application-context-existing_services = Services déjà offerts
application-context-existing_services-hint = Qui d’autre apporte une aide, et ce qui manque.
application-context-sectors = Secteurs auxquels le projet se rattache
application-context-partners = Partenaires et cofinanceurs
application-context-partners-hint = Qui ils sont, ce qu’ils font, ce qu’ils financent.

application-people-priority_groups = Groupes prioritaires
application-people-selection = Repérage et orientation des personnes
application-people-selection-hint = Comment les personnes viennent à vous, qui vous les adresse et comment vous choisissez. Ne nommez ni ne décrivez aucune personne en particulier.
application-people-people = Nombre de personnes par groupe
application-people-people-sex = Sexe
application-people-people-age = Âge
application-people-people-movement = Déplacement
application-people-people-returnee = Retour
application-people-people-exploitation = Forme d’exploitation
application-people-people-count = Nombre de personnes

application-activities-help_kinds = Formes d’aide
application-activities-services = Services
application-activities-activities = Activités
application-activities-activities-title = Activité
application-activities-activities-kind = Type d’activité
application-activities-activities-help = Forme d’aide
application-activities-activities-help-hint = Laissez vide s’il ne s’agit pas d’une aide directe.
application-activities-activities-start_month = Premier mois
application-activities-activities-start_month-hint = 1 désigne le premier mois du projet.
application-activities-activities-end_month = Dernier mois
application-activities-activities-description = Description
application-activities-activities-description-hint = Ne nommez ni ne décrivez aucune personne en particulier.

application-results-results = Résultats attendus
application-results-results-indicator = Indicateur
application-results-results-indicator-hint = Ce que l’on compte, par exemple « personnes ayant reçu une aide juridictionnelle ».
application-results-results-unit = Unité
application-results-results-unit-hint = Par exemple personnes, dossiers, séances.
application-results-results-counted = Ce qui est compté
application-results-results-counted-hint = Des personnes aussi lorsqu’elles sont comptées comme dossiers, familles ou autres. Le Fonds le confirme. Les donateurs ne voient les résultats concernant des personnes que dans le total des personnes aidées, où nul ne peut être reconnu.
counted-people = Des personnes
counted-other = Autre chose
application-results-results-baseline = Valeur de départ
application-results-results-baseline-hint = Le nombre au début ; 0 s’il n’y a encore rien.
application-results-results-target = Cible
application-results-results-target-hint = Le nombre à la fin du projet.
application-results-results-verification = Moyen de vérification
application-results-sustainability = Ce qui restera après la subvention
application-results-sustainability-hint = Comment l’aide se poursuivra, et qui la financera alors.

application-budget-lines = Lignes budgétaires
application-budget-lines-category = Catégorie
application-budget-lines-description = Description
application-budget-lines-unit = Unité
application-budget-lines-unit-hint = Par exemple mois, personne, pièce.
application-budget-lines-quantity = Quantité
application-budget-lines-unit_cost = Coût unitaire (USD)
application-budget-lines-times = Nombre de mois ou de fois
application-budget-lines-requested = Demandé au Fonds (USD)
application-budget-lines-other = Autres sources (USD)
application-budget-lines-purpose = Objet

application-safeguarding-risks = Risques
application-safeguarding-risks-hint = Risques pour les victimes, pour le personnel et pour le projet. Ne nommez ni ne décrivez aucune personne en particulier.
application-safeguarding-mitigation = Réponse à ces risques
application-safeguarding-referral = Orientation des personnes que vous ne pouvez pas aider vous-mêmes
application-safeguarding-confidentiality = Protection de la confidentialité des données
application-safeguarding-confidentiality-hint = Qui peut lire les dossiers, comment ils sont conservés et quand ils sont détruits.
application-safeguarding-not_penalised = Nous déclarons qu’aucune victime n’est détenue, poursuivie ou punie, ni privée d’aide, par nous ou avec notre concours, pour des actes qu’elle a été contrainte de commettre du fait de la traite.
application-safeguarding-not_stigmatised = Nous déclarons que notre action ne stigmatise pas les victimes et ne les expose pas à un nouveau préjudice, ni en paroles, ni en images, ni en actes.
application-safeguarding-informed_consent = Nous déclarons que les victimes ne sont aidées qu’avec leur consentement libre et éclairé, dans une langue qu’elles comprennent, qu’elles peuvent le retirer à tout moment et que l’aide ne dépend pas de leur coopération avec les autorités.
application-safeguarding-anonymity = Nous déclarons que les victimes restent anonymes et que rien de ce que nous adressons au Fonds ne permet d’identifier une victime.
application-safeguarding-ohchr_principles = Nous déclarons agir conformément aux Principes et directives concernant les droits de l’homme et la traite des êtres humains : recommandations, du Haut-Commissariat des Nations Unies aux droits de l’homme.
application-safeguarding-child_best_interests = Nous déclarons que l’intérêt supérieur de l’enfant prime dans toute décision et que chaque enfant est entendu selon son âge et sa maturité.
application-safeguarding-child_best_interests-hint = Nécessaire dès lors que des enfants figurent parmi les personnes aidées.
application-safeguarding-child_unicef_guidelines = Nous déclarons agir conformément aux Lignes directrices de l’UNICEF sur la protection des enfants victimes de la traite.
application-safeguarding-child_unicef_guidelines-hint = Nécessaire dès lors que des enfants figurent parmi les personnes aidées.

application-submit-declaration = Je déclare, en qualité de signataire autorisé de l’organisation, que cette demande est exacte et complète et que l’organisation respecte les déclarations qui y figurent.
application-submit-full_name = Vos prénom et nom

application-return-reason = Ce qui est à préciser
application-return-reason-hint = L’organisation lira ce texte.
application-return-resubmit_by = À soumettre de nouveau au plus tard le
application-return-resubmit_by-hint = Jusqu’à 23:59:59 ce jour-là, heure de Vienne.

application-withdraw-reason = Motif
application-withdraw-reason-hint = Seules les personnes du Fonds lisent ce texte.

application-screening-met = Conditions remplies
application-screening-reasons = Notes pour le Fonds
application-screening-reasons-hint = Ce sur quoi repose la décision. Seules les personnes du Fonds lisent ce texte.
application-screening-told = Pour l’organisation
application-screening-told-hint = Nécessaire si une condition n’est pas remplie : dites pourquoi. L’organisation lit ce texte par courriel et sur la page de sa demande, avec les conditions non remplies et sans votre nom.

application-reconsider-reasons = Motif, pour le Fonds
application-reconsider-reasons-hint = Seules les personnes du Fonds lisent ce texte, dans la piste d’audit.
application-reconsider-told = Pour l’organisation
application-reconsider-told-hint = L’organisation lit ce texte par courriel.

error-section-not-started = La rubrique « { $section } » n’a pas été commencée.
error-theme-outside-call = Cet appel porte sur d’autres thèmes : { $themes }. Choisissez l’un d’eux.
error-country-outside-call = Cet appel ne concerne que les pays de ces régions : { $regions }.
error-duration-outside-call = Saisissez une durée comprise entre { $shortest } et { $longest } mois, comme le prévoit l’appel.
error-people-twice = Ce groupe figure deux fois. Réunissez toutes ses personnes sur une seule ligne.
error-nobody-helped = Indiquez combien de personnes seront aidées ; tous les groupes sont à 0.
error-service-without-kind = « { $service } » relève de « { $kind } », qui n’est pas choisi. Choisissez aussi cette forme d’aide ou retirez ce service.
error-kind-without-service = « { $kind } » est choisi, mais aucun des services correspondants ne l’est. Choisissez un service ou retirez cette forme d’aide.
error-month-zero = Les mois se comptent à partir de 1, le premier mois du projet.
error-months-backwards = Le dernier mois précède le premier. Intervertissez-les ou corrigez-les.
error-month-beyond-end = Le projet dure { $months } mois. Saisissez un mois compris dans cette durée ou modifiez la durée dans le résumé.
error-target-below-baseline = La cible est inférieure à la valeur de départ ({ $baseline }). Formulez l’indicateur de sorte qu’un nombre plus élevé soit meilleur, ou corrigez les nombres.
error-document-missing = Téléversez ce document : { $document }.

refused-application-transition = « { $event } » n’est pas possible tant que la demande est dans l’état « { $state } ». Rechargez la page pour voir où elle en est.
