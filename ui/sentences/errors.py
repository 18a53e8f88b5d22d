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
        "messages", "The computer's keyring is locked. Unlock it and start SalesDesk again."
    ),
    "keys.not_in_keyring": QT_TRANSLATE_NOOP(
        "messages", "The key is not in this computer's keyring any more. Restore the keyring, or set up again and sync."
    ),
    "keys.key_file_damaged": QT_TRANSLATE_NOOP(
        "messages", "The key file is damaged. Restore the folder from a backup."
    ),
    "store.wrong_key": QT_TRANSLATE_NOOP("messages", "The key does not fit this data."),
    "store.damaged": QT_TRANSLATE_NOOP(
        "messages",
        "The data file is damaged. Nothing was changed. Restore it from the folder “backups” or set up again and sync.",
    ),
    "store.missing": QT_TRANSLATE_NOOP("messages", "The data file is missing."),
    "store.not_a_workspace": QT_TRANSLATE_NOOP("messages", "This file is not a SalesDesk workspace."),
    "store.no_identity": QT_TRANSLATE_NOOP(
        "messages", "The data file names no person. Restore it from the folder “backups”."
    ),
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
    "sync.bad_certificate": QT_TRANSLATE_NOOP(
        "messages", "The office's certificate is not valid. Do not go on; ask your office."
    ),
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
    "sync.wrong_password": QT_TRANSLATE_NOOP("messages", "Account or password is wrong."),
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
    "sync.unknown_kind": QT_TRANSLATE_NOOP("messages", "The office does not know this kind of change."),
    "sync.blob_missing": QT_TRANSLATE_NOOP("messages", "The office does not have this file yet."),
    "sync.blob_damaged": QT_TRANSLATE_NOOP("messages", "A file arrived damaged and will be sent again."),
    "sync.blob_gap": QT_TRANSLATE_NOOP("messages", "A file was cut and will go on next time."),
    "sync.blob_too_large": QT_TRANSLATE_NOOP("messages", "A file is too large for the office."),
    "office.did_not_start": QT_TRANSLATE_NOOP("messages", "The local office server did not start."),
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
    "history.used_since": QT_TRANSLATE_NOOP("messages", "It is in use by now. Delete it instead."),
    "history.owner_in_bin": QT_TRANSLATE_NOOP(
        "messages", "It belongs to something in the recycle bin. Restore that first."
    ),
}
