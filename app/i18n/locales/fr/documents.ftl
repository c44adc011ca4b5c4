# Documents des demandes.

documents-lead = Les pièces jointes à cette demande. Seules les personnes autorisées à la lire peuvent les obtenir, et une lettre de la banque seulement celles qui peuvent voir les coordonnées bancaires.
documents-no-persons = Avant de téléverser : aucun document ne doit nommer, montrer ou décrire une personne victime de la traite.
documents-missing = Il manque encore
documents-none = Aucun document pour le moment.
documents-add = Ajouter un document
documents-upload = Téléverser
documents-remove = Retirer
documents-names-account = Remise. Comme elle indique le compte, seuls l’organisation et les agents financiers, certificateurs et ordonnateurs du Fonds peuvent l’ouvrir.
documents-size = { $kilobytes } ko
document-upload-kind = Nature du document
document-upload-file = Fichier
document-upload-file-hint = PDF, PNG, JPEG, Word ou Excel (docx, xlsx) ou OpenDocument (odt, ods) ; 10 Mo au plus.
done-document-uploaded = Le document est téléversé.
done-document-removed = Le document est retiré de la demande.
error-file-empty = Le fichier est vide. Choisissez celui qui a un contenu.
error-file-too-large = Le fichier fait { $size } Mo. Le maximum est de { $most } Mo : envoyez-en un plus petit, par exemple un PDF avec moins d’images.
error-file-type = Ce type de fichier n’est pas accepté. Envoyez un fichier PDF, PNG, JPEG, docx, xlsx, odt ou ods sans macros.
error-file-ending = Le contenu du fichier est du type « { $ending } », mais son nom dit autre chose. Donnez-lui l’extension .{ $ending } et envoyez-le de nouveau.
refused-too-many-documents = Une demande peut comporter au plus { $most } documents. Retirez-en un d’abord, ou réunissez-en plusieurs dans un seul PDF.
refused-too-many-uploads = { $most } fichiers ont été ajoutés à cette demande, y compris ceux qui ont été retirés ; elle n’en accepte pas davantage. S’il manque encore un document, écrivez au secrétariat.
error-documents-quota = Les documents de votre organisation occupent { $used } Mo ; avec celui-ci, de { $size } Mo, elle dépasserait les { $most } Mo dont dispose une organisation. Retirez des brouillons les documents dont vous n’avez pas besoin, ou envoyez un fichier plus petit, par exemple un PDF avec moins d’images. Si tous sont nécessaires, écrivez au secrétariat.
refused-document-damaged = Ce document a été endommagé là où il est conservé ; il ne peut donc pas être remis. Indiquez au secrétariat de quel document il s’agit : une copie peut être rétablie à partir de la sauvegarde.
audit-document-uploaded = a téléversé un document
audit-document-removed = a retiré un document
documents-hash = Empreinte (SHA-256) :
