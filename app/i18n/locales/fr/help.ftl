# Les personnes que le Fonds aide et la manière dont il les aide : thèmes, groupes et formes d’aide.

theme-labour-migration = Migration de main-d’œuvre
theme-trafficking = Traite des personnes
theme-post-trafficking = Après la traite

sub-theme-stigma = Stigmatisation
sub-theme-livelihoods = Moyens de subsistance
sub-theme-citizenship = Citoyenneté et documents

sex-female = Féminin
sex-male = Masculin
sex-other = Autre ou non indiqué

age-child = Enfant (moins de 18 ans)
age-adult = Adulte
age-not-stated = Âge non indiqué

movement-internal = À l’intérieur du pays
movement-cross-border = Au-delà d’une frontière

returnee-yes = Personne rentrée chez elle
returnee-no = Personne non rentrée
returnee-not-stated = Retour non indiqué

exploitation-sexual = Exploitation sexuelle
exploitation-forced-labour = Travail forcé
exploitation-domestic-servitude = Servitude domestique
exploitation-forced-begging = Mendicité forcée
exploitation-forced-crime = Contrainte à commettre des infractions
exploitation-forced-marriage = Mariage forcé
exploitation-organ-removal = Prélèvement d’organes
exploitation-child-soldiering = Utilisation d’enfants soldats
exploitation-abuse-material = Production de contenus d’abus sexuels
exploitation-mixed-or-other = Formes multiples ou autres
exploitation-not-stated = Forme d’exploitation non indiquée

context-armed-conflict = Conflit armé
context-large-movements = Déplacements massifs de réfugiés et de migrants
context-internal-displacement = Déplacement interne
context-disaster = Catastrophe
context-none = Aucune de ces situations

help-physical = Rétablissement physique
help-psychological = Rétablissement psychologique
help-social = Rétablissement social

service-shelter = Hébergement
service-food-and-clothing = Nourriture et vêtements
service-medical-care = Soins médicaux
service-safe-transport = Transport et retour en sécurité
service-counselling = Soutien psychosocial
service-therapy = Thérapie
service-peer-support = Entraide entre pairs
service-legal-aid = Aide juridictionnelle et accès à la justice
service-compensation-claims = Demandes d’indemnisation
service-identity-documents = Documents d’identité et de citoyenneté
service-education = Éducation
service-vocational-training = Formation professionnelle
service-livelihoods = Moyens de subsistance et petites entreprises
service-reintegration = Recherche de la famille et réintégration
service-community-work = Action communautaire contre la stigmatisation

priority-group-women = Femmes
priority-group-men = Hommes
priority-group-children = Enfants
priority-group-returnees = Personnes rentrées chez elles
priority-group-persons-with-disabilities = Personnes handicapées
priority-group-refugees-and-displaced = Réfugiés et personnes déplacées
priority-group-indigenous-and-minority = Peuples autochtones et minorités
priority-group-lgbtqi = Personnes LGBTQI+
priority-group-older-persons = Personnes âgées

activity-direct-help = Aide directe aux victimes
activity-referral-mechanism = Mécanisme d’orientation
activity-awareness = Sensibilisation
activity-training = Formation de professionnels
activity-research = Recherche et données
activity-law-and-policy = Examen des lois et des politiques

sector-development = Développement
sector-gender = Égalité des genres
sector-education = Éducation
sector-health = Santé
sector-migration = Migrations
sector-human-rights = Droits humains
sector-governance = Gouvernance
sector-disaster-and-post-conflict = Relèvement après une catastrophe ou un conflit
