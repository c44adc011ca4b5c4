# Recouvrements : ce que les organisations rendent des subventions terminées.

recoveries-title = Recouvrements
recoveries-lead = Ce que les organisations doivent rendre de subventions terminées dont les fonds n’ont pas tous été dépensés.
recoveries-number = Numéro
recoveries-grant = Subvention
recoveries-amount = À rendre
recoveries-received = Rendu
recoveries-written-off = Passé en pertes
recoveries-left = Encore dû
recoveries-due = À rendre au plus tard le
recoveries-began = Depuis
recoveries-steps = Ce qui s’est passé
recoveries-day = Jour
recoveries-step = Étape
recoveries-reference = Référence bancaire ou motif
recoveries-by = Saisi par
recoveries-shares = Les contributions qui ont payé
recovery-title = Recouvrement { $number }
recovery-lead = Versé pour la subvention { $grant } et non dépensé. Tant qu’il est ouvert, l’organisation ne reçoit pas de nouvelle tranche.
recovery-late = En retard
recovery-receive = Saisir des fonds rendus
recovery-receive-lead = Les fonds peuvent aussitôt être engagés de nouveau, sur les contributions qui avaient payé et pour leur objet.
recovery-write-off = Passer en pertes
recovery-write-off-lead = Pour ce que l’organisation ne rendra pas. C’est perdu pour les contributions qui ont payé ; cette opération est irréversible.
recovery-receive-amount = Montant, en USD
recovery-receive-date = Jour de réception par la banque
recovery-receive-bank_reference = Référence bancaire
recovery-write-off-amount = Montant, en USD
recovery-write-off-reason = Motif
recovery-write-off-reason-hint = Les auditeurs le lisent.

recovery-state-open = Ouvert
recovery-state-settled = Réglé
recovery-step-received = Rendu
recovery-step-written-off = Passé en pertes

error-recovery-zero = Saisissez un montant supérieur à zéro.
error-recovery-too-much = Seuls { $left } sont encore dus.
error-recovery-in-future = Le jour ne peut pas être à venir.
error-recovery-too-early = Le jour ne peut pas précéder le début du recouvrement.
error-recovery-reference-used = Cette référence bancaire est déjà saisie.

done-recovery-received = Les fonds sont saisis. Ils peuvent de nouveau être engagés.
done-recovery-written-off = Le montant est passé en pertes.
audit-recovery-due = a constaté un montant à recouvrer
audit-recovery-received = a saisi des fonds rendus
audit-recovery-written-off = a passé un recouvrement en pertes

waits-recoveries = { $count ->
    [one] { $count } recouvrement à encaisser
   *[other] { $count } recouvrements à encaisser
}

mail-grant-closed = Subvention close
mail-grant-closed-subject = La subvention { $number } est close
mail-grant-closed-text =
    Votre subvention { $number }, « { $title } », est close : tous les rapports sont acceptés. Merci de votre travail.

    Si des fonds doivent être rendus, vous recevrez un courriel à part.
mail-grant-closed-link = Voir la subvention
mail-grant-ended = Subvention en cours résiliée
mail-grant-ended-subject = La subvention { $number } est résiliée
mail-grant-ended-text =
    Le directeur exécutif a résilié votre subvention { $number }, « { $title } ».

    Motif : { $reason }

    Rien n’est plus versé. Si des fonds doivent être rendus, vous recevrez un courriel à part.
mail-grant-ended-link = Voir la subvention
mail-recovery-due = Fonds à rendre
mail-recovery-due-subject = Veuillez rendre { $amount } de la subvention { $number }
mail-recovery-due-text =
    La subvention { $number } a pris fin. { $amount } qui vous ont été versés ne sont pas justifiés et doivent être rendus au plus tard le { $due }.

    Veuillez indiquer { $recovery } dans le virement. D’ici là, aucune nouvelle tranche ne peut être versée à votre organisation.
mail-recovery-due-link = Voir ce qui est dû
mail-recovery-received = Fonds rendus reçus
mail-recovery-received-subject = Nous avons reçu { $amount } pour { $recovery }
mail-recovery-received-text =
    Nous avons reçu { $amount } que vous avez rendus de la subvention { $number }. Encore dû : { $left }.
mail-recovery-received-link = Voir le recouvrement
recoveries-late = En retard
