# Whom the Fund helps and how: the code lists of themes, groups of people and kinds of help.

theme-labour-migration = Labour migration
theme-trafficking = Trafficking in persons
theme-post-trafficking = Post-trafficking

sub-theme-stigma = Stigma
sub-theme-livelihoods = Livelihoods
sub-theme-citizenship = Citizenship and documents

sex-female = Female
sex-male = Male
sex-other = Other or not stated

age-child = Child (under 18)
age-adult = Adult
age-not-stated = Age not stated

movement-internal = Within the country
movement-cross-border = Across a border

returnee-yes = Returned home
returnee-no = Not returned
returnee-not-stated = Return not stated

exploitation-sexual = Sexual exploitation
exploitation-forced-labour = Forced labour
exploitation-domestic-servitude = Domestic servitude
exploitation-forced-begging = Forced begging
exploitation-forced-crime = Forced criminal activity
exploitation-forced-marriage = Forced marriage
exploitation-organ-removal = Removal of organs
exploitation-child-soldiering = Child soldiering
exploitation-abuse-material = Production of sexual abuse material
exploitation-mixed-or-other = Mixed or other
exploitation-not-stated = Exploitation not stated

context-armed-conflict = Armed conflict
context-large-movements = Large movements of refugees and migrants
context-internal-displacement = Internal displacement
context-disaster = Disaster
context-none = None of these

help-physical = Physical recovery
help-psychological = Psychological recovery
help-social = Social recovery

service-shelter = Shelter
service-food-and-clothing = Food and clothing
service-medical-care = Medical care
service-safe-transport = Safe transport and return
service-counselling = Counselling
service-therapy = Therapy
service-peer-support = Peer support
service-legal-aid = Legal aid and access to justice
service-compensation-claims = Compensation claims
service-identity-documents = Identity and citizenship documents
service-education = Education
service-vocational-training = Vocational training
service-livelihoods = Livelihoods and small business
service-reintegration = Family tracing and reintegration
service-community-work = Community work against stigma

priority-group-women = Women
priority-group-men = Men
priority-group-children = Children
priority-group-returnees = Returnees
priority-group-persons-with-disabilities = Persons with disabilities
priority-group-refugees-and-displaced = Refugees and displaced persons
priority-group-indigenous-and-minority = Indigenous Peoples and minorities
priority-group-lgbtqi = LGBTQI+ persons
priority-group-older-persons = Older persons

activity-direct-help = Direct help to victims
activity-referral-mechanism = Referral mechanism
activity-awareness = Awareness-raising
activity-training = Training of professionals
activity-research = Research and data
activity-law-and-policy = Review of law and policy

sector-development = Development
sector-gender = Gender equality
sector-education = Education
sector-health = Health
sector-migration = Migration
sector-human-rights = Human rights
sector-governance = Governance
sector-disaster-and-post-conflict = Disaster and post-conflict recovery
