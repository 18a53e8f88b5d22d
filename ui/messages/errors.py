"""What went wrong, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

ERRORS: dict[str, object] = {
    "value.too_long": QT_TRANSLATE_NOOP("messages", "At most {limit} characters; this has {length}."),
    "value.taken": QT_TRANSLATE_NOOP("messages", "Another record has this already."),
    "value.broken_character": QT_TRANSLATE_NOOP(
        "messages", "Contains half a character that cannot be stored. Please type it again."
    ),
    "value.not_a_number": QT_TRANSLATE_NOOP("messages", "This is not a number. Example: 200"),
    "value.comma": QT_TRANSLATE_NOOP(
        "messages", "This comma may stand before decimals or between thousands. Please write 1234.50 or 1,234."
    ),
    "value.not_whole": QT_TRANSLATE_NOOP("messages", "A whole number, please."),
    "value.out_of_range": QT_TRANSLATE_NOOP("messages", "Between {low} and {high}, please."),
    "value.not_an_amount": QT_TRANSLATE_NOOP("messages", "This is not an amount. Examples: 25万, 1.2亿, 3500"),
    "value.below_a_fen": QT_TRANSLATE_NOOP("messages", "An amount has at most two decimals (分)."),
    "value.not_a_date": QT_TRANSLATE_NOOP("messages", "This is not a date. Example: 2026-03-15"),
    "value.no_such_day": QT_TRANSLATE_NOOP("messages", "There is no such day."),
    "value.not_a_time": QT_TRANSLATE_NOOP("messages", "This is not a time. Example: 14:30"),
    "value.not_an_option": QT_TRANSLATE_NOOP("messages", "Please choose one from the list."),
    "value.not_yes_or_no": QT_TRANSLATE_NOOP("messages", "Yes or no, please."),
    "value.not_text": QT_TRANSLATE_NOOP("messages", "This is not text."),
    "attachment.too_large": QT_TRANSLATE_NOOP(
        "messages", "{name} is larger than {limit_mb} MB. Please make it smaller."
    ),
    "attachment.not_here": QT_TRANSLATE_NOOP(
        "messages", "This file has not arrived on this computer yet. Sync at the office."
    ),
    "attachment.damaged": QT_TRANSLATE_NOOP(
        "messages", "This file is damaged on this computer. Sync to fetch it again."
    ),
    "paper.missing_character": QT_TRANSLATE_NOOP(
        "messages", "“{character}” ({code}) cannot be printed: no font has it. Place: {place}"
    ),
    "paper.fonts_missing": QT_TRANSLATE_NOOP(
        "messages", "The fonts for printing are missing. Please install the program again."
    ),
    "paper.too_large": QT_TRANSLATE_NOOP("messages", "{name} is larger than {limit_mb} MB and cannot be shown here."),
    "paper.not_a_pdf": QT_TRANSLATE_NOOP("messages", "This file is not a PDF that can be shown."),
    "paper.password": QT_TRANSLATE_NOOP(
        "messages", "This file opens only with a password. Save it without one in the program that you read it with."
    ),
    "paper.no_such_pages": QT_TRANSLATE_NOOP(
        "messages", "There is no page {first} to {last}: this paper has {count}. Please choose other pages."
    ),
    "paper.no_printer": QT_TRANSLATE_NOOP(
        "messages", "The printer does not take the paper. Check that it is switched on and connected, then print again."
    ),
    "paper.field_not_for_audience": QT_TRANSLATE_NOOP(
        "messages", "An internal field must not be on a customer's paper."
    ),
    "paper.unknown_placeholder": QT_TRANSLATE_NOOP(
        "messages", "The contract's text has a blank called “{name}”, but a contract has no such field."
    ),
    "access.name_needed": QT_TRANSLATE_NOOP("messages", "Please enter your name."),
    "access.passphrase_needed": QT_TRANSLATE_NOOP("messages", "Please enter the passphrase."),
    "access.passphrases_differ": QT_TRANSLATE_NOOP("messages", "The two passphrases differ."),
    "keys.passphrase_too_short": QT_TRANSLATE_NOOP("messages", "At least {least} characters, please."),
    "keys.wrong_passphrase": QT_TRANSLATE_NOOP(
        "messages", "Wrong passphrase. Check Caps Lock and try again; after five tries each one waits longer."
    ),
    "keys.no_keyring": QT_TRANSLATE_NOOP("messages", "This computer has no keyring. Please choose a passphrase."),
    "keys.keyring_locked": QT_TRANSLATE_NOOP(
        "messages", "This computer's keyring, or the key in it, is locked. Unlock it with its password and try again."
    ),
    "keys.keyring_silent": QT_TRANSLATE_NOOP(
        "messages",
        "This computer's keyring does not answer. Look for its question behind other windows, wait a little and try "
        "again, or sign out of the computer and in again. On the first start you can use a passphrase instead.",
    ),
    "keys.keyring_gone": QT_TRANSLATE_NOOP(
        "messages",
        "This computer's keyring, which keeps the key to your data, is not running. Start it (sign out and in again) "
        "and try again.",
    ),
    "keys.keyring_failed": QT_TRANSLATE_NOOP(
        "messages",
        "This computer's keyring reports an error ({detail}). Try again; if it stays, sign out of the computer and in "
        "again. On the first start you can use a passphrase instead.",
    ),
    "keys.not_in_keyring": QT_TRANSLATE_NOOP(
        "messages", "The key is not in this computer's keyring any more. Restore the keyring, or set up again and sync."
    ),
    "keys.key_file_damaged": QT_TRANSLATE_NOOP(
        "messages", "The key file is damaged. Restore from a backup, which has one of its own."
    ),
    "store.wrong_key": QT_TRANSLATE_NOOP("messages", "The key does not fit this data."),
    "store.damaged": QT_TRANSLATE_NOOP(
        "messages",
        "The data file is damaged. Nothing was changed. Choose Backups in your menu, or Restore from a backup at the "
        "start. Do not copy files out of the folder “backups”: that can destroy them.",
    ),
    "store.damaged_part": QT_TRANSLATE_NOOP(
        "messages",
        "A part of the data file is damaged: {parts}. Everything else works, and what you type is kept as a draft. "
        "Sync now if you can, then choose Backups in your menu.",
    ),
    "store.backup_damaged": QT_TRANSLATE_NOOP("messages", "This backup is damaged and cannot be used."),
    "store.no_room_for_backup": QT_TRANSLATE_NOOP(
        "messages", "No backup was made: the disk is nearly full. Your data are saved; please free some space."
    ),
    "store.stopped": QT_TRANSLATE_NOOP("messages", "Stopped. Nothing was changed."),
    "store.missing": QT_TRANSLATE_NOOP("messages", "The data file is missing. Restore it from a backup."),
    "store.not_a_workspace": QT_TRANSLATE_NOOP("messages", "This file is not a SalesDesk workspace."),
    "store.no_identity": QT_TRANSLATE_NOOP("messages", "The data file names no person. Restore it from a backup."),
    "store.newer": QT_TRANSLATE_NOOP(
        "messages", "The data were written by a newer SalesDesk. Nothing was changed. Please install the new version."
    ),
    "store.full": QT_TRANSLATE_NOOP("messages", "The disk is full. Nothing was lost; free some space and save again."),
    "store.busy": QT_TRANSLATE_NOOP("messages", "Another program holds the data file. Close it and try again."),
    "store.read_only": QT_TRANSLATE_NOOP("messages", "The data folder is read-only. Allow writing and try again."),
    "store.cannot_open": QT_TRANSLATE_NOOP("messages", "The data file cannot be opened. Check the folder's rights."),
    "store.disk_error": QT_TRANSLATE_NOOP(
        "messages", "The disk reported an error. Nothing was changed; please back up this computer soon."
    ),
    "store.file_error": QT_TRANSLATE_NOOP("messages", "The computer refused a file: {detail}"),
    "conflict.unknown_form": QT_TRANSLATE_NOOP("messages", "This conflict belongs to a newer version of SalesDesk."),
    "conflict.record_gone": QT_TRANSLATE_NOOP("messages", "The record has been deleted meanwhile."),
    "history.unknown_form": QT_TRANSLATE_NOOP(
        "messages", "This belongs to a newer version of SalesDesk and cannot be taken back here."
    ),
    "history.this_changed_since": QT_TRANSLATE_NOOP(
        "messages", "{name} was changed again since, so that this cannot be taken back."
    ),
    "history.changed_since": QT_TRANSLATE_NOOP("messages", "It was changed again since and cannot be taken back."),
    "sync.message_too_large": QT_TRANSLATE_NOOP("messages", "The office's answer is too large."),
    "sync.not_a_message": QT_TRANSLATE_NOOP(
        "messages", "The answer does not come from a SalesDesk office. Check the address."
    ),
    "sync.address_needed": QT_TRANSLATE_NOOP("messages", "Please enter the office's address and your account."),
    "sync.address_needs_https": QT_TRANSLATE_NOOP("messages", "The address must begin with https://"),
    "sync.bad_address": QT_TRANSLATE_NOOP(
        "messages", "This is no address. Ask your office for it. Example: https://office.example.com"
    ),
    "sync.address_with_password": QT_TRANSLATE_NOOP(
        "messages", "The address holds an account or a password (before the @). Enter them in their own fields."
    ),
    "sync.not_an_office": QT_TRANSLATE_NOOP(
        "messages",
        "A web server answers there, but no SalesDesk office. Check the address. On a guest network, open a browser "
        "and sign in to the network first.",
    ),
    "sync.portal": QT_TRANSLATE_NOOP(
        "messages",
        "This network answers with a page of its own. Open a browser, sign in to the network or accept its terms, then "
        "sync again. In a company, ask whether it blocks the office. Nothing is lost.",
    ),
    "sync.bad_certificate": QT_TRANSLATE_NOOP(
        "messages", "The certificate of {host} is not valid. Nothing was sent. Do not go on; ask your office."
    ),
    "sync.certificate_issuer": QT_TRANSLATE_NOOP(
        "messages",
        "The certificate of {host} comes from somebody whom this computer does not trust. Nothing was sent. In a "
        "company network that looks into connections, or with an authority of its own: have IT install its certificate "
        "on this computer. Elsewhere do not go on.",
    ),
    "sync.certificate_name": QT_TRANSLATE_NOOP(
        "messages",
        "Another server answers in place of {host}. Nothing was sent. On a guest network, open a browser and sign in "
        "first; otherwise check the address.",
    ),
    "sync.certificate_dates": QT_TRANSLATE_NOOP(
        "messages",
        "The certificate of {host} is not valid today. Check this computer's date and time; if they are right, tell "
        "your office.",
    ),
    "sync.no_tls": QT_TRANSLATE_NOOP(
        "messages", "What answers at {host} does not speak https. Check the address and the number behind the colon."
    ),
    "sync.unknown_name": QT_TRANSLATE_NOOP(
        "messages",
        "There is no {host} in this network. Check the address, and whether you are connected (or need your company's "
        "VPN). Everything stays on this computer.",
    ),
    "sync.proxy_unusable": QT_TRANSLATE_NOOP(
        "messages", "The proxy in this computer's settings cannot be used: {proxy}. Ask your IT for the right one."
    ),
    "sync.proxy_unreachable": QT_TRANSLATE_NOOP(
        "messages",
        "The proxy in this computer's settings does not answer: {proxy}. Outside the company's network, switch it off.",
    ),
    "sync.proxy_refused": QT_TRANSLATE_NOOP(
        "messages", "The proxy {proxy} does not let the connection through ({answer}). Ask your IT to allow the office."
    ),
    "sync.stopped": QT_TRANSLATE_NOOP("messages", "Stopped. Nothing was changed."),
    "sync.unreachable": QT_TRANSLATE_NOOP(
        "messages",
        "The office cannot be reached. Everything stays on this computer; try again when you are in its network.",
    ),
    "sync.timeout": QT_TRANSLATE_NOOP("messages", "The office does not answer. Nothing is lost; try again later."),
    "sync.cut": QT_TRANSLATE_NOOP(
        "messages", "The connection was cut. Nothing is lost; the next sync goes on from here."
    ),
    "sync.office_in_trouble": QT_TRANSLATE_NOOP(
        "messages", "The office server has a problem. Nothing is lost; try again later."
    ),
    "sync.office_busy": QT_TRANSLATE_NOOP(
        "messages", "Many are syncing at the moment. Nothing is lost; please try again in a few minutes."
    ),
    "sync.wrong_password": QT_TRANSLATE_NOOP("messages", "Account, password or code is wrong."),
    "sync.code_needed": QT_TRANSLATE_NOOP(
        "messages", "You have a computer at the office already. For another one, ask your office for a code."
    ),
    "sync.account_disabled": QT_TRANSLATE_NOOP("messages", "Your account is closed. Please ask your office."),
    "sync.device_locked": QT_TRANSLATE_NOOP(
        "messages",
        "The office has locked this computer. It was handed what was not sent yet ({entries} changes). "
        "Please ask your office; once you are let in again, sync and go on.",
    ),
    "sync.still_locked": QT_TRANSLATE_NOOP(
        "messages", "The office has locked this computer. Nothing is lost; please ask your office."
    ),
    "sync.waits_for_record": QT_TRANSLATE_NOOP(
        "messages", "The office lacks this record since it was restored. It takes the change in when the record comes."
    ),
    "sync.device_wiped": QT_TRANSLATE_NOOP(
        "messages",
        "The office was handed what was not sent yet ({entries} changes), and the data on this computer were removed.",
    ),
    "sync.quarantine_full": QT_TRANSLATE_NOOP(
        "messages", "The office takes nothing more from this computer. Please ask your office."
    ),
    "sync.not_shut_out": QT_TRANSLATE_NOOP("messages", "This computer was let in again. Please sync once more."),
    "sync.too_many_tries": QT_TRANSLATE_NOOP("messages", "Too many wrong tries. Please wait {seconds} seconds."),
    "sync.not_signed_in": QT_TRANSLATE_NOOP("messages", "Please sign in to the office first."),
    "sync.token_expired": QT_TRANSLATE_NOOP("messages", "The sign-in ran out. Please sync again."),
    "sync.unknown_device": QT_TRANSLATE_NOOP(
        "messages", "The office does not know this computer. Please sign in again."
    ),
    "sync.device_revoked": QT_TRANSLATE_NOOP(
        "messages", "The office has shut this computer out. Please ask your office."
    ),
    "sync.device_of_another": QT_TRANSLATE_NOOP(
        "messages", "This computer is signed in for somebody else at the office."
    ),
    "sync.copied_laptop": QT_TRANSLATE_NOOP(
        "messages",
        "These data are a copy of another computer's. Please sign in again; nothing is lost.",
    ),
    "sync.marks_differ": QT_TRANSLATE_NOOP(
        "messages",
        "This computer and the office disagree about what was sent. Please tell your office; nothing is lost.",
    ),
    "sync.office_too_old": QT_TRANSLATE_NOOP(
        "messages", "The office runs an older SalesDesk. Your work stays here until it is updated."
    ),
    "sync.not_a_member": QT_TRANSLATE_NOOP("messages", "You no longer belong to this territory."),
    "sync.not_allowed": QT_TRANSLATE_NOOP("messages", "Your role may not change this."),
    "sync.office_only": QT_TRANSLATE_NOOP("messages", "Only the office may change this."),
    "sync.held_by_another": QT_TRANSLATE_NOOP(
        "messages", "This belongs to a colleague. He or a manager can hand it over."
    ),
    "sync.fixed": QT_TRANSLATE_NOOP("messages", "This stays as it was when it was first entered."),
    "sync.circular": QT_TRANSLATE_NOOP("messages", "A record cannot come after itself."),
    "sync.blob_not_taken": QT_TRANSLATE_NOOP(
        "messages", "Something between here and the office answered in its place. The file will be sent again."
    ),
    "sync.undeclared": QT_TRANSLATE_NOOP("messages", "The office does not take this kind of information."),
    "sync.held": QT_TRANSLATE_NOOP(
        "messages", "The office could not read this change and keeps it for a person to look at."
    ),
    "sync.other_form": QT_TRANSLATE_NOOP("messages", "The office has another kind of record under this number."),
    "sync.unknown_record": QT_TRANSLATE_NOOP("messages", "The office does not know this record."),
    "sync.territory_gone": QT_TRANSLATE_NOOP(
        "messages", "The office took the territory {place} from you before this went. It goes when you get it back."
    ),
    "sync.two_values": QT_TRANSLATE_NOOP("messages", "Two people changed this at the same time."),
    "attention.gone": QT_TRANSLATE_NOOP("messages", "The record is not on this computer any more."),
    "attention.file_gone": QT_TRANSLATE_NOOP(
        "messages", "The file is not on this computer any more. Please attach it again."
    ),
    "attention.file_damaged": QT_TRANSLATE_NOOP(
        "messages", "The file is damaged on this computer. Please attach it again."
    ),
    "attention.not_to_drop": QT_TRANSLATE_NOOP("messages", "This cannot be dropped."),
    "sync.blob_missing": QT_TRANSLATE_NOOP("messages", "The office does not have this file yet."),
    "sync.blob_damaged": QT_TRANSLATE_NOOP("messages", "A file arrived damaged and will be sent again."),
    "sync.blob_gap": QT_TRANSLATE_NOOP("messages", "A file was cut and will go on next time."),
    "sync.blob_too_large": QT_TRANSLATE_NOOP("messages", "A file is too large for the office."),
    "office.did_not_start": QT_TRANSLATE_NOOP("messages", "The local office server did not start."),
    "program.already_open": QT_TRANSLATE_NOOP(
        "messages",
        "SalesDesk is open already and does not answer. Look for its window, or end it in the system's task manager.",
    ),
    "settings.not_kept": QT_TRANSLATE_NOOP(
        "messages",
        "The settings hold until SalesDesk ends, but cannot be kept: {reason}. Check the folder of the settings, then "
        "save them again.",
    ),
    "program.unexpected": QT_TRANSLATE_NOOP("messages", "SalesDesk made a mistake."),
    "mail.bad_address": QT_TRANSLATE_NOOP("messages", "{address} is no e-mail address."),
    "attachment.unreadable": QT_TRANSLATE_NOOP("messages", "{name} cannot be read: {reason}."),
    "os.not_there": QT_TRANSLATE_NOOP("messages", "there is no such file or folder"),
    "os.folder": QT_TRANSLATE_NOOP("messages", "it is a folder"),
    "os.denied": QT_TRANSLATE_NOOP("messages", "access is denied, or another program has it open"),
    "os.full": QT_TRANSLATE_NOOP("messages", "the disk is full"),
    "os.read_only": QT_TRANSLATE_NOOP("messages", "the disk can only be read"),
    "os.long_name": QT_TRANSLATE_NOOP("messages", "the name is too long"),
    "os.disk": QT_TRANSLATE_NOOP("messages", "the disk reports an error"),
    "file.issued": QT_TRANSLATE_NOOP("messages", "A paper that was handed out or signed stays with its record."),
    "slides.bad_master": QT_TRANSLATE_NOOP(
        "messages", "The template for slides cannot be used. Choose a .pptx or .potx file without a password."
    ),
    "slides.large_master": QT_TRANSLATE_NOOP(
        "messages", "The template for slides is too large. Choose one of at most {limit_mb} MB."
    ),
    "slides.macros": QT_TRANSLATE_NOOP(
        "messages", "The template for slides contains macros. Save it as .pptx or .potx and choose that file."
    ),
    "slides.no_master": QT_TRANSLATE_NOOP(
        "messages", "The template for slides, {name}, is not where it was. Choose it again in the settings."
    ),
    "logo.too_large": QT_TRANSLATE_NOOP(
        "messages",
        "This picture is too large for a logo. Please choose one of at most {limit_mb} MB.",
    ),
    "logo.too_many_pixels": QT_TRANSLATE_NOOP(
        "messages", "This picture has more than {limit} million pixels. Please make it smaller; 1000 × 400 is enough."
    ),
    "logo.not_a_picture": QT_TRANSLATE_NOOP(
        "messages", "This file is not a picture that can be read. Please choose a PNG or JPEG file."
    ),
    "sign.nothing_drawn": QT_TRANSLATE_NOOP("messages", "Nothing is drawn yet. Please sign in the white field."),
    "sign.not_approved": QT_TRANSLATE_NOOP(
        "messages", "This paper is not approved now and cannot be signed. Please submit it first."
    ),
    "sign.changed_since": QT_TRANSLATE_NOOP(
        "messages", "What is signed here was changed and approved anew. Please have the new paper signed by both sides."
    ),
    "sign.one_side": QT_TRANSLATE_NOOP(
        "messages",
        "One side has signed this paper already. For the other side to sign the same one, open it under Print: {name}",
    ),
    "sign.both_sides": QT_TRANSLATE_NOOP(
        "messages", "Both sides have signed this paper already. Open it under Print: {name}"
    ),
    "sign.outdated": QT_TRANSLATE_NOOP(
        "messages", "The record was changed after this paper was made: this file says what stood there before."
    ),
    "sign.empty": QT_TRANSLATE_NOOP(
        "messages", "Still empty. Without it the customer signs for nothing; fill it in before he signs."
    ),
    "sign.unprintable_name": QT_TRANSLATE_NOOP(
        "messages", "“{character}” cannot be printed. Please write the name without it, or otherwise."
    ),
    "sign.no_name": QT_TRANSLATE_NOOP("messages", "Please enter the name of the person who signs."),
    "sign.unreadable": QT_TRANSLATE_NOOP(
        "messages", "The signatures of this file are damaged. Do not rely on it; ask for the original file."
    ),
    "sign.wrong_passphrase": QT_TRANSLATE_NOOP(
        "messages", "The passphrase does not open this file, or it is no certificate file (.p12, .pfx)."
    ),
    "sign.no_key": QT_TRANSLATE_NOOP(
        "messages", "This file holds no private key with its certificate. Please export both together as .p12."
    ),
    "sign.other_key": QT_TRANSLATE_NOOP(
        "messages", "A certificate of this kind cannot sign papers. Please ask for one with an RSA or ECDSA key."
    ),
    "sign.not_yet": QT_TRANSLATE_NOOP("messages", "This certificate is valid from {day} on. Please choose it then."),
    "sign.expired": QT_TRANSLATE_NOOP("messages", "This certificate expired on {day}. Please ask for a new one."),
    "sign.weak_key": QT_TRANSLATE_NOOP(
        "messages",
        "This certificate uses {algorithm}, which proves nothing any more. Please ask for one with RSA-2048 or ECDSA.",
    ),
    "sign.not_for_signing": QT_TRANSLATE_NOOP(
        "messages",
        "This certificate is for other purposes (encryption, servers) and must not sign. "
        "Please ask for one for signatures.",
    ),
    "sign.broken": QT_TRANSLATE_NOOP(
        "messages", "This file was changed after it was signed. Please have a new paper signed by both sides."
    ),
    "seal.bytes": QT_TRANSLATE_NOOP("messages", "What was signed itself was altered."),
    "seal.forged": QT_TRANSLATE_NOOP("messages", "The signature was altered: it does not belong to its certificate."),
    "seal.cut": QT_TRANSLATE_NOOP("messages", "The end of the file is missing."),
    "seal.partial": QT_TRANSLATE_NOOP("messages", "The signature leaves out parts of the file."),
    "seal.covered": QT_TRANSLATE_NOOP(
        "messages", "A signature lies elsewhere than on its place, where it may cover something."
    ),
    "seal.page_count": QT_TRANSLATE_NOOP("messages", "It had {before} pages, and has {after} now."),
    "seal.pages": QT_TRANSLATE_NOOP("messages", "Something else stands on page {pages}."),
    "seal.notes": QT_TRANSLATE_NOOP("messages", "Notes or pictures were laid over page {pages}, or taken off."),
    "seal.fields": QT_TRANSLATE_NOOP("messages", "Something else was filled in, or is shown otherwise: {names}."),
    "seal.metadata": QT_TRANSLATE_NOOP(
        "messages", "What the file says of itself was exchanged: its title, its author, or what was approved."
    ),
    "seal.files": QT_TRANSLATE_NOOP("messages", "The files inside it were exchanged."),
    "seal.other": QT_TRANSLATE_NOOP("messages", "Something that the pages do not show was added or exchanged."),
    "seal.not_permitted": QT_TRANSLATE_NOOP(
        "messages", "It was signed on, though the signer permitted no more changes."
    ),
    "seal.algorithm": QT_TRANSLATE_NOOP(
        "messages", "It was signed with {algorithm}, which this program does not know. Ask whoever sent it to check it."
    ),
    "seal.no_certificate": QT_TRANSLATE_NOOP("messages", "The certificate of the signer is not in the file."),
    "seal.structure": QT_TRANSLATE_NOOP(
        "messages", "The signature is built in a way that this program does not know, or damaged."
    ),
    "seal.appended": QT_TRANSLATE_NOOP(
        "messages", "Something was added afterwards that cannot be compared with what was signed."
    ),
    "seal.weak": QT_TRANSLATE_NOOP(
        "messages", "It uses {algorithm}, which can be forged today. Have it signed anew if it matters."
    ),
    "history.used_since": QT_TRANSLATE_NOOP("messages", "It is in use by now. Delete it instead."),
    "history.owner_in_bin": QT_TRANSLATE_NOOP(
        "messages", "It belongs to something in the recycle bin. Restore that first."
    ),
}
