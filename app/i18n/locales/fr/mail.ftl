# Les courriels du Fonds : pour chaque type un objet, un texte et le libellé du lien ; et la page des envois.

mail-greeting = Bonjour { $name },
mail-footer =
    Fonds de contributions volontaires des Nations Unies pour les victimes de la traite des personnes
    Ce courriel a été envoyé par le système de subventions du Fonds. Merci de ne pas y répondre.

mail-confirm-subject = Confirmez votre adresse électronique
mail-confirm-text =
    Vous vous êtes inscrit auprès du Fonds de contributions volontaires des Nations Unies pour les victimes de la traite des personnes. Veuillez confirmer que cette adresse est la vôtre. Vous pourrez ensuite vous connecter.

    Le lien fonctionne une seule fois, pendant { RULE("link-days") } jours. Si vous ne vous êtes pas inscrit, ne faites rien : le compte reste fermé.
mail-confirm-link = Confirmer l’adresse
mail-already-registered-subject = Vous avez déjà un compte
mail-already-registered-text =
    Quelqu’un, peut-être vous, a essayé de s’inscrire avec cette adresse électronique. Vous avez déjà un compte : rien n’a été modifié.

    Connectez-vous avec votre mot de passe, ou choisissez-en un nouveau si vous l’avez oublié. Si ce n’était pas vous, vous n’avez rien à faire.
mail-already-registered-link = Choisir un nouveau mot de passe
mail-reset-subject = Choisissez un nouveau mot de passe
mail-reset-text =
    Quelqu’un, peut-être vous, a demandé un nouveau mot de passe pour votre compte.

    Le lien fonctionne une seule fois, pendant { RULE("reset-hours") ->
        [one] une heure
       *[other] { RULE("reset-hours") } heures
    }, et seulement tant que vous n’en demandez pas un autre. Choisir un nouveau mot de passe vous déconnecte partout. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste inchangé.
mail-reset-link = Choisir un nouveau mot de passe
mail-invite-subject = Invitation au Fonds de contributions volontaires des Nations Unies
mail-invite-text =
    { $place ->
        [organisation] { $inviter } vous invite à travailler pour l’organisation « { $of } »
        [donor] { $inviter } vous invite à représenter le donateur « { $of } »
       *[fund] { $inviter } vous invite à travailler pour le Fonds
    } dans le système de subventions du Fonds de contributions volontaires des Nations Unies pour les victimes de la traite des personnes. Votre rôle serait : { $role }.

    Le lien montre l’invitation et permet de l’accepter, une seule fois, jusqu’au { $until }. Tant que vous n’avez pas accepté, rien n’est ouvert à votre nom. Si vous ne connaissez pas l’expéditeur, ne faites rien. Vous pouvez à tout moment inscrire votre propre organisation.
mail-invite-link = Accepter l’invitation
mail-wrong-passwords-subject = Des mots de passe erronés ont été saisis pour votre compte
mail-wrong-passwords-text =
    Quelqu’un, peut-être vous, a saisi de nombreuses fois un mot de passe erroné pour votre compte. Le compte n’est pas bloqué, mais il faut désormais attendre entre deux tentatives. Nous vous en informons une fois par jour au plus.

    Si c’était vous, patientez un peu ou choisissez un nouveau mot de passe, qui vous permettra de vous connecter aussitôt. Si c’était quelqu’un d’autre, vous n’avez rien à faire ; prévenez le secrétariat si cela se reproduit.
mail-wrong-passwords-link = Choisir un nouveau mot de passe
mail-password-changed-subject = Votre mot de passe a été changé
mail-password-changed-text =
    Le mot de passe de votre compte a été changé le { $at }. Partout ailleurs où vous étiez connecté, vous ne l’êtes plus.

    Si ce n’était pas vous, choisissez aussitôt un nouveau mot de passe et prévenez le secrétariat.
mail-password-changed-link = Choisir un nouveau mot de passe
mail-new-device-subject = Connexion depuis un nouvel appareil
mail-new-device-text =
    Quelqu’un s’est connecté à votre compte le { $at }, dans un navigateur depuis lequel vous ne vous étiez pas encore connecté. La demande venait de l’adresse { $address }.

    Si c’était vous, vous n’avez rien à faire. Sinon, choisissez aussitôt un nouveau mot de passe, ce qui déconnecte tout le monde, et prévenez le secrétariat.
mail-new-device-link = Choisir un nouveau mot de passe
mail-bank-details-changed-subject = Nouvelles coordonnées bancaires de { $organisation }
mail-bank-details-changed-text =
    { $actor } a saisi le { $at } des coordonnées bancaires pour { $organisation }. Le compte se termine désormais par { $ending }. Le Fonds le vérifie avant tout paiement.

    Vous recevez ce courriel parce que vous signez pour l’organisation. Si vous n’avez pas connaissance de ce changement, prévenez aussitôt le secrétariat.
mail-bank-details-changed-link = Voir l’organisation
mail-application-received-subject = Nous avons reçu la demande { $number }
mail-application-received-text =
    Votre demande { $number }, « { $title } », est parvenue au Fonds le { $at }, révision { $revision }.

    Elle est figée telle que vous l’avez envoyée. Le secrétariat vérifie d’abord si elle remplit les conditions de l’appel ; nous vous écrirons à chaque étape.
mail-application-received-link = Voir la demande
mail-application-returned-subject = La demande { $number } appelle des précisions
mail-application-returned-text =
    Le secrétariat a lu votre demande { $number }, « { $title } », et vous demande de préciser :

    { $comments }

    Veuillez modifier la demande et la soumettre de nouveau au plus tard le { $due }.
mail-application-returned-link = Ouvrir la demande
mail-application-ineligible-subject = La demande { $number } est irrecevable
mail-application-ineligible-text =
    Le secrétariat a examiné votre demande { $number }, « { $title } », au regard des conditions publiées du Fonds. Nous regrettons de vous annoncer qu’elle est irrecevable. Les conditions suivantes ne sont pas remplies : { $conditions }.

    { $note }

    S’il s’agit d’une erreur, écrivez au secrétariat, qui peut réexaminer la demande.
mail-application-ineligible-link = Voir la demande
mail-application-reconsidered-subject = La demande { $number } est réexaminée
mail-application-reconsidered-text =
    Le secrétariat réexamine votre demande { $number }, « { $title } », qui avait été déclarée irrecevable. Vous n’avez rien à faire. Nous vous écrirons lorsqu’elle sera tranchée.

    { $note }
mail-application-reconsidered-link = Voir la demande
mail-call-extended-subject = La date limite est désormais le { $deadline }
mail-call-extended-text =
    La date limite de l’appel « { $call } », pour lequel vous avez commencé la demande « { $title } », est reportée du { $before } au { $deadline }.

    { $reason }
mail-call-extended-link = Poursuivre la demande
mail-review-assigned-subject = La demande { $number } attend votre évaluation
mail-review-assigned-text =
    Vous êtes chargé d’évaluer la demande { $number }, « { $title } ».

    Veuillez d’abord indiquer si vous avez un conflit d’intérêts, puis noter chaque critère en ajoutant un commentaire.
mail-review-assigned-link = Ouvrir l’évaluation
mail-review-reopened-subject = Merci de revoir votre évaluation de la demande { $number }
mail-review-reopened-text =
    Le secrétariat vous demande de revoir votre évaluation de la demande { $number }, « { $title } », puis de la remettre de nouveau :

    { $reason }
mail-review-reopened-link = Ouvrir l’évaluation
mail-review-taken-back-subject = Vous n’avez plus à évaluer la demande { $number }
mail-review-taken-back-text =
    La demande { $number }, « { $title } », que vous étiez chargé d’évaluer, a été reprise, car aucune évaluation n’a été remise. Vous n’avez rien à faire.

    Si vous étiez sur le point de remettre votre évaluation, veuillez écrire au secrétariat.
mail-review-taken-back-link = Voir vos autres évaluations
mail-decision-awarded-subject = Une subvention est attribuée à la demande { $number }
mail-decision-awarded-text =
    Nous avons le plaisir de vous annoncer qu’une subvention de { $amount } est attribuée à votre demande { $number }, « { $title } ».

    Le secrétariat prépare l’accord de subvention. Nous vous écrirons lorsque votre signataire autorisé pourra le signer.
mail-decision-awarded-link = Voir la subvention
mail-decision-reserved-subject = La demande { $number } est sur la liste de réserve
mail-decision-reserved-text =
    Le Conseil d’administration a placé votre demande { $number }, « { $title } », sur la liste de réserve. Une subvention peut encore lui être attribuée si des fonds se libèrent ; le Conseil la réexamine avant la fin de l’appel.

    Vous n’avez rien à faire. Nous vous écrirons lorsqu’une décision sera prise.
mail-decision-reserved-link = Voir la demande
mail-decision-rejected-subject = Décision sur la demande { $number }
mail-decision-rejected-text =
    Nous vous remercions de votre demande { $number }, « { $title } ». Nous regrettons qu’aucune subvention ne lui soit attribuée dans cet appel.

    { $note }

    Le Fonds reçoit beaucoup plus de bonnes demandes qu’il ne peut en financer. Vous pouvez répondre à un prochain appel.
mail-decision-rejected-link = Voir la demande
mail-agreement-to-sign-subject = L’accord de subvention { $number } est prêt à être signé
mail-agreement-to-sign-text =
    L’accord de la subvention { $number }, « { $title } », d’un montant de { $amount }, est prêt. Le signataire autorisé de votre organisation peut maintenant le lire et le signer.
mail-agreement-to-sign-link = Lire et signer l’accord
mail-agreement-taken-back-subject = L’accord de subvention { $number } sera proposé de nouveau
mail-agreement-taken-back-text =
    Le secrétariat a repris l’accord de la subvention { $number }, « { $title } », qui attendait la signature de votre organisation. La subvention elle-même demeure. Vous serez invités à signer lorsque l’accord sera proposé de nouveau.

    Motif : { $reason }
mail-agreement-taken-back-link = Voir la subvention
mail-grant-terminated-subject = La subvention { $number } est résiliée
mail-grant-terminated-text =
    Le secrétariat a résilié la subvention { $number }, « { $title } », avant que l’accord soit signé par les deux parties. Rien ne sera versé et aucun rapport n’est à remettre.

    Motif : { $reason }
mail-grant-terminated-link = Voir la subvention
mail-disbursement-released-subject = { $amount } de la subvention { $number } sont en route
mail-disbursement-released-text =
    La tranche { $instalment } de la subvention { $number }, soit { $amount }, est en route vers le compte bancaire de votre organisation. Les banques peuvent prendre quelques jours.

    Si elle n’est pas arrivée au bout de deux semaines, prévenez le secrétariat.
mail-disbursement-released-link = Voir le décaissement
mail-report-due-subject = Rapport de la subvention { $number } à remettre le { $due }
mail-report-due-text =
    Le rapport n° { $report } de la subvention { $number } est à remettre le { $due }.

    La tranche suivante ne peut être versée qu’une fois ce rapport accepté.
mail-report-due-link = Rédiger le rapport
mail-report-late-subject = Le rapport de la subvention { $number } est en retard
mail-report-late-text =
    Le rapport n° { $report } de la subvention { $number } était à remettre le { $due } et ne nous est pas parvenu.

    D’ici là, aucune tranche ne peut être versée. Envoyez-le dès que possible, ou écrivez au secrétariat si quelque chose vous en empêche.
mail-report-late-link = Rédiger le rapport
mail-report-returned-subject = Le rapport de la subvention { $number } est à modifier
mail-report-returned-text =
    Le secrétariat a lu le rapport n° { $report } de la subvention { $number } et vous demande de le modifier :

    { $comments }

    Veuillez le renvoyer d’ici au { $due }.
mail-report-returned-link = Ouvrir le rapport
mail-report-accepted-subject = Le rapport de la subvention { $number } est accepté
mail-report-accepted-text =
    Le secrétariat a accepté le rapport n° { $report } de la subvention { $number }. Merci.
mail-report-accepted-link = Voir le rapport
mail-what-waits-subject = Ce qui vous attend dans le système des subventions
mail-what-waits-text =
    Voici ce qui vous attend aujourd’hui :

    { $waiting }

    Vous pouvez désactiver ce courriel sur la page « Votre compte ».
mail-what-waits-link = Ouvrir votre page d’accueil

# Types de courriels, pour la liste des envois.
mail-confirm = Confirmation d’adresse
mail-already-registered = Adresse déjà inscrite
mail-reset = Nouveau mot de passe
mail-invite = Invitation
mail-account-locked = Compte bloqué
mail-wrong-passwords = Mots de passe erronés
mail-password-changed = Mot de passe changé
mail-new-device = Connexion depuis un nouvel appareil
mail-bank-details-changed = Coordonnées bancaires changées
mail-application-received = Demande reçue
mail-application-returned = Demande renvoyée
mail-application-ineligible = Demande irrecevable
mail-application-reconsidered = Demande réexaminée
mail-call-extended = Date limite reportée
mail-review-assigned = Évaluation confiée
mail-review-reopened = Évaluation rouverte
mail-review-taken-back = Évaluation reprise
mail-decision-awarded = Subvention attribuée
mail-decision-rejected = Demande rejetée
mail-decision-reserved = Demande sur la liste de réserve
mail-agreement-to-sign = Accord à signer
mail-agreement-taken-back = Accord repris
mail-grant-terminated = Subvention résiliée
mail-disbursement-released = Tranche en route
mail-report-due = Rapport à remettre
mail-report-late = Rapport en retard
mail-report-returned = Rapport renvoyé
mail-report-accepted = Rapport accepté
mail-what-waits = Ce qui attend
mail-pledge-overdue = Versement d’une annonce en retard
mail-state-queued = En attente
mail-state-sent = Envoyé
mail-state-stuck = Bloqué

mails-title = Courriels
mails-lead = Les courriels que le système envoie. Un envoi qui échoue est réessayé après des pauses croissantes ; après le huitième essai, il reste bloqué jusqu’à ce que quelqu’un le relance ici.
mails-subject = Objet
mails-kind = Type
mails-to = Destinataire
mails-state = État
mails-tries = Essais
mails-created = Créé
mails-what = Ce qui s’est passé
mails-sent-at = Envoyé le { $at }
mails-next-try = Prochain essai le { $at }
mails-retry = Réessayer maintenant
mail-failed-silent = Le serveur de messagerie n’a pas répondu en { $seconds } secondes.
mail-failed-refused = Le serveur de messagerie n’a pas accepté le message ({ $code }). Il a répondu : « { $words } »
mail-failed-unreachable = Le serveur de messagerie est injoignable. Le système a répondu : « { $words } »
mail-failed-file = Le message n’a pas pu être écrit dans un fichier. Le système a répondu : « { $words } »
mail-failed-unfit = Ceci ne peut pas être envoyé comme message : « { $words } »
mail-failed-words = L’envoi a échoué : « { $words } »
done-mail-retried = Le courriel est de nouveau en attente et partira dans quelques secondes.
audit-mail-retried = a remis le courriel en attente

mail-pledge-overdue-subject = { $level ->
    [1] Rappel : votre contribution au Fonds
    [2] Deuxième rappel : votre contribution au Fonds
   *[other] Troisième rappel : votre contribution au Fonds
}
mail-pledge-overdue-text =
    Nous remercions { $donor } de son annonce au Fonds de contributions volontaires des Nations Unies pour les victimes de la traite des personnes.

    Du versement de { $amount } dû le { $due }, { $open } ne sont pas encore arrivés sur notre compte. Si l’argent est en route, veuillez ne pas tenir compte de ce message.

    Veuillez indiquer la référence { $reference } sur le paiement. Si le versement doit être dû à une autre date, veuillez écrire au secrétariat.
mail-pledge-overdue-link = Voir l’annonce

mail-account-shut = Compte fermé
mail-account-shut-subject = Votre compte a été fermé
mail-account-shut-text =
    { $actor } a fermé votre compte dans le système des subventions. Vous ne pouvez plus vous connecter. Rien de ce que vous avez fait n’est effacé.

    S’il s’agit d’une erreur, veuillez écrire à votre organisation ou au secrétariat.
mail-account-shut-link = Ouvrir le système des subventions
mail-signatory-made = Nommé signataire
mail-signatory-made-subject = Vous signez désormais pour { $organisation }
mail-signatory-made-text =
    { $actor } vous a nommé signataire autorisé de { $organisation }. Vous pouvez soumettre des demandes et des rapports, signer des accords et modifier les coordonnées bancaires.

    Si vous n’êtes pas autorisé à signer pour l’organisation, veuillez écrire au secrétariat.
mail-signatory-made-link = Ouvrir votre compte
mail-signatory-ended = Signature retirée
mail-signatory-ended-subject = Vous ne signez plus pour { $organisation }
mail-signatory-ended-text =
    { $actor } a mis fin à votre signature pour { $organisation }. Vous pouvez toujours rédiger des demandes et des rapports ; un signataire autorisé les soumet et les signe.

    S’il s’agit d’une erreur, veuillez écrire au secrétariat.
mail-signatory-ended-link = Ouvrir votre compte
mail-role-granted = Rôle attribué
mail-role-granted-subject = { $person } participe désormais aux versements
mail-role-granted-text =
    { $person } a accepté une invitation du Fonds. Rôle : { $role }. Invitation de : { $inviter }. Confirmation de : { $confirmer }.

    Vous recevez ce courriel parce que vous veillez aussi aux versements. Si vous ne vous y attendiez pas, parlez-en aussitôt aux autres agents et aux administrateurs.
mail-role-granted-link = Voir les agents
mail-limit-changed = Plafond d’un agent modifié
mail-limit-changed-subject = { $person } peut désormais signer des versements jusqu’à { $amount }
mail-limit-changed-text =
    { $actor } a changé le plafond par versement de { $person } de { $earlier } à { $amount }.

    Vous recevez ce courriel parce que vous veillez aussi aux versements. Si vous ne vous y attendiez pas, parlez-en aussitôt aux autres agents et aux administrateurs.
mail-limit-changed-link = Voir les agents
