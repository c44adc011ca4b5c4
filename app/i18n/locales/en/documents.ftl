# Documents of applications.

documents-lead = The papers that belong to this application. They are handed out only to those who may read it, and a bank’s letter only to those who may see bank details.
documents-no-persons = Before you upload: no document may name, show or describe a person who was trafficked.
documents-missing = Still missing
documents-none = No documents yet.
documents-add = Add a document
documents-upload = Upload
documents-remove = Remove
documents-names-account = Handed in. As it names the account, only the organisation and the Fund’s finance, certifying and approving officers can open it.
documents-size = { $kilobytes } kB
document-upload-kind = What it is
document-upload-file = File
document-upload-file-hint = PDF, PNG, JPEG, Word or Excel (docx, xlsx) or OpenDocument (odt, ods); at most 10 MB.
done-document-uploaded = The document is uploaded.
done-document-removed = The document is removed from the application.
error-file-empty = The file is empty. Choose the one with the content.
error-file-too-large = The file has { $size } MB. At most { $most } MB are taken: send a smaller one, for example a PDF with fewer images.
error-file-type = This is none of the file types that we can take. Send a PDF, PNG, JPEG, docx, xlsx, odt or ods without macros.
error-file-ending = The content of the file is of the type “{ $ending }”, but its name says otherwise. Give it the ending .{ $ending } and send it again.
refused-too-many-documents = An application can have at most { $most } documents. Remove one first, or join several in one PDF.
refused-too-many-uploads = { $most } files have been added to this application, those removed again included; more are not taken. If a document is still missing, write to the secretariat.
error-documents-quota = The documents of your organisation take { $used } MB; with this one of { $size } MB it would be more than the { $most } MB that an organisation has. Remove documents of drafts that you do not need, or send a smaller file, for example a PDF with fewer images. If all of them are needed, write to the secretariat.
refused-document-damaged = This document was damaged where it is kept, so it is not handed out. Tell the secretariat which one it is; a copy can be put back from the backup.
audit-document-uploaded = uploaded a document
audit-document-removed = removed a document
documents-hash = Fingerprint (SHA-256):
