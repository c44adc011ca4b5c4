# Subventions : accord, tranches, financement, clôture.

grants-title = Subventions
grants-lead = Ce que sont devenues les attributions : les accords, les versements et les rapports.
grants-number = Numéro
grants-name = Titre
grants-organisation = Organisation
grants-country = Pays
grants-theme = Thème
grants-award = Montant attribué
grants-paid = Versé
grants-under-way = Approuvé pour paiement, en route
grants-open = Engagé, non encore versé
grants-spent = Justifié par des rapports acceptés
grants-state = État
grants-months = Mois
grants-start = Premier jour
grants-end = Dernier jour
grants-offered = Accord proposé
grants-signature = Contresigné
grants-signed-by = { $name }, { $at }
grants-not-signed = Pas encore contresigné
grants-not-set = Fixé avec l’accord
grants-conditions = Conditions du Conseil
grants-no-conditions = Aucune
grants-instalments = Tranches
grants-instalment = Tranche
grants-instalment-number = Tranche { $number }
grants-amount = Montant
grants-waits-for = En attente de
grants-after-report = Acceptation du rapport { $report }
grants-payment = Versement
grants-not-requested = Pas encore demandé
grants-not-paid-any-more = Non versée : la subvention a pris fin
grants-request = Demander le versement de la tranche { $number }
grants-request-not-yet = La tranche { $number } ne peut pas encore être demandée.
grants-reports = Rapports
grants-budget = Budget
grants-line = Ligne
grants-category = Catégorie
grants-indicators = Indicateurs
grants-indicator = Indicateur
grants-counted = Ce qui est compté
grants-indicator-confirmed = Vérifié par le Fonds
grants-indicator-unconfirmed = Indiqué par l’organisation
grants-indicator-confirm = Confirmer
grants-counts-people = Il compte des personnes
grants-counts-other = Il compte autre chose
grants-indicators-lead = Dites de chaque indicateur ce qu’il compte : des personnes aussi lorsqu’elles sont appelées dossiers, familles ou visites. Les donateurs ne voient que la cible tant qu’il n’est pas confirmé qu’un indicateur compte autre chose.
done-indicator-confirmed = Ce que compte l’indicateur est confirmé.
audit-grant-indicator = a confirmé ce que compte un indicateur
grants-unit = Unité
grants-baseline = Au départ
grants-target = Cible
grants-funding = Origine des fonds
grants-funding-contributions = Contribution par contribution
grants-donor = Donateur
grants-earmark = Affectation
grants-received = Reçu le

grants-offer = Établir l’accord
grants-offer-lead = Fixez le début et la durée de la subvention. Les rapports à remettre en découlent, et l’organisation est invitée par courriel à signer.
grants-offer-send = Proposer l’accord
grants-countersign = Lire et signer l’accord
grants-countersign-lead = Lisez ce qui est convenu et signez pour votre organisation. La première tranche pourra ensuite être versée.
grants-countersign-duties = En signant, votre organisation s’engage à employer la subvention pour le projet tel qu’il a été approuvé, à remettre ses rapports à temps, à préserver l’anonymat de toutes les personnes aidées et à rendre ce qu’elle ne dépense pas.
grants-countersign-send = Signer l’accord
grants-take-back = Reprendre l’accord
grants-take-back-lead = Une erreur s’est glissée dans l’accord, par exemple une date. Il est établi de nouveau, les rapports prévus avec lui sont supprimés et les signataires de l’organisation en sont informés par courriel. Les fonds restent engagés.
grants-taken-back-because = L’accord a été repris et il est établi de nouveau :
take-back-mistake = Ce qui ne convient pas
take-back-mistake-hint = Les signataires de l’organisation le reçoivent par courriel, et il figure sur cette page jusqu’à ce que l’accord soit proposé de nouveau.
grants-terminate = Résilier la subvention
grants-terminate-lead = La subvention prend fin avant que les deux parties aient signé l’accord. Les fonds engagés redeviennent disponibles pour d’autres subventions et les rapports prévus sont supprimés. Cette opération est irréversible.
grants-terminated-because = Résiliée :
terminate-reason = Motif
terminate-reason-hint = Le ou la signataire de l’organisation le reçoit par courriel, et il figure sur cette page.
grants-close = Clore la subvention
grants-close-ready = Tous les rapports sont acceptés et aucune dépense n’attend d’être payée. La subvention peut être close.
grants-close-released = { $amount } non versés retournent aux contributions dont ils viennent.
grants-close-recovery = { $amount } versés et non dépensés deviennent un recouvrement : l’organisation est invitée à les rendre.
grants-end-early = Résilier la subvention
grants-end-lead = Met fin aussitôt à une subvention en cours. Ce qui n’est pas versé retourne aux contributions dont il vient ; ce qui est versé et non justifié doit être rendu. Les rapports non envoyés sont supprimés. Cette opération est irréversible.
grants-end-released = Retourne aux contributions
grants-end-owed = Doit être rendu
grants-recovery = { $amount } doivent être rendus au plus tard le { $due }, dont { $left } sont encore dus.

agreement-start_date = Premier jour de la subvention
agreement-months = Durée en mois
agreement-months-hint = Un rapport est dû tous les six mois, et le rapport final 60 jours après la fin.
countersign-accept = J’ai lu l’accord et je suis autorisé à le signer pour l’organisation.
countersign-full_name = Vos nom et prénom
error-agreement-start = Saisissez une date de début à moins d’un an d’aujourd’hui.
error-agreement-months = Saisissez de { $shortest } à { $longest } mois, comme le prévoit l’appel.

grant-state-preparing = En préparation
grant-state-to-sign = À signer
grant-state-active = En cours
grant-state-suspended = Suspendue
grant-state-closed = Close
grant-state-terminated = Résiliée
grant-event-offer = Proposer l’accord
grant-event-take-back = Reprendre l’accord
grant-event-countersign = Contresigner
grant-event-suspend = Suspendre
grant-event-resume = Reprendre
grant-event-close = Clore
grant-event-terminate = Résilier
instalment-condition-signature = Signature de l’accord
instalment-condition-interim-report = Acceptation du rapport intermédiaire
instalment-condition-final-report = Acceptation du rapport final

done-agreement-offered = L’accord est proposé. L’organisation a été invitée à le signer.
done-agreement-taken-back = L’accord est repris. Établissez-le de nouveau ; les signataires ont été informés.
done-agreement-signed = Vous avez signé l’accord. La subvention est en cours.
done-grant-terminated = La subvention est résiliée. Ce qui n’était pas versé est de nouveau disponible.
done-grant-closed = La subvention est close.

refused-grant-transition = « { $event } » n’est pas possible tant que la subvention est « { $state } ». Rechargez la page pour voir où elle en est.
refused-countersign-changed = L’accord a été repris puis proposé de nouveau après l’ouverture de cette page. Lisez-le tel qu’il est maintenant et signez celui-là.
refused-close-reports = { $count ->
    [one] La subvention ne peut pas encore être close : un rapport n’est pas accepté.
   *[other] La subvention ne peut pas encore être close : { $count } rapports ne sont pas acceptés.
}
refused-close-instalments = { $count ->
    [one] La subvention ne peut pas encore être close : une tranche n’est pas versée.
   *[other] La subvention ne peut pas encore être close : { $count } tranches ne sont pas versées.
}
refused-end-payment = Le décaissement { $disbursement } est « { $state } ». Rejetez-le, annulez-le, confirmez-le ou enregistrez d’abord son échec ; la subvention pourra ensuite prendre fin.
refused-end-report = Un rapport attend d’être examiné. Examinez-le d’abord : ce qu’il justifie n’a pas à être rendu.
refused-end-returned-report = Le rapport { $number } a été renvoyé et peut revenir jusqu’au { $due } : ce qu’il justifie n’a pas à être rendu. Suspendez la subvention d’ici là, pour que rien de plus ne soit versé.
refused-end-not-running = Seule une subvention signée par les deux parties et non terminée peut être résiliée ici.

audit-grant-awarded = a créé la subvention attribuée
audit-grant-offer = a proposé l’accord
audit-grant-take-back = a repris l’accord
audit-grant-countersign = a contresigné l’accord
audit-grant-close = a clos la subvention
audit-grant-suspend = a suspendu la subvention
audit-grant-resume = a repris la subvention
audit-report-dropped = a supprimé un rapport prévu
audit-grant-terminate = a résilié la subvention
grants-indicators-unconfirmed = Un indicateur est à confirmer
grants-instalment-due = Un versement peut être demandé

money-stage-advanced = Approuvé pour paiement
money-stage-paid = Payé
money-stage-spent = Dépensé
