//! Accounts: who may do what, and that somebody is always left who can say so.

use zhugan::model::account::Account;
use zhugan::model::account::AccountName;
use zhugan::model::account::Grant;
use zhugan::model::account::Role;
use zhugan::model::moment::Moment;
use zhugan::store::accounts::AccountChange;
use zhugan::store::accounts::AccountStore;
use zhugan::store::accounts::By;
use zhugan::store::accounts::EVERYWHERE;
use zhugan::store::accounts::NewKey;
use zhugan::store::accounts::Proof;
use zhugan::store::accounts::Taker;
use zhugan::store::fault::StoreFault;
use zhugan::store::sqlite;
use zhugan::store::sqlite::SqliteStore;

use crate::formats::Folder;
use crate::store::log;
use crate::store::opened;

const BY: By<'_> = By {
    who: "keeper",
    at: Moment { ms: 1 },
};

const SHUT: AccountChange<'_> = AccountChange {
    is_active: Some(false),
    grants: None,
    must_leave_an_administrator: true,
};

fn everywhere(role: Role) -> Grant {
    Grant { role, region: None }
}

fn joined(store: &SqliteStore, name: &str, role: Role) -> Account {
    let mut secret = [0; 32];
    secret[..name.len()].copy_from_slice(name.as_bytes());
    let until = Moment { ms: 1_000 };
    store
        .add_invitation(&BY, &secret, (&everywhere(role)).into(), until)
        .unwrap();
    let name = AccountName::new(name).unwrap();
    let taker = Taker::New {
        name: &name,
        proof: Proof::Key,
    };
    store.take(&secret, &taker, BY.at).unwrap()
}

#[test]
fn the_last_administrator_keeps_the_role_and_is_not_shut_out() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let [wang, li] = ["wang", "li"].map(|name| joined(&store, name, Role::Administrator).id);
    let fang = joined(&store, "fang", Role::Planner).id;
    // Each has seen the other as an administrator, and the second change comes after the first.
    assert!(!store.set_account(&BY, wang, &SHUT).unwrap().is_active);
    let planner = [everywhere(Role::Planner)];
    let less = AccountChange {
        is_active: None,
        grants: Some(&planner),
        must_leave_an_administrator: true,
    };
    for change in [SHUT, less] {
        let refused = store.set_account(&BY, li, &change).unwrap_err();
        assert!(matches!(refused, StoreFault::LastAdministrator));
    }
    let accounts = store.accounts().unwrap();
    let is_there = |account: &Account| account.id == li && account.may(Role::Administrator, None);
    assert!(accounts.iter().any(is_there));
    assert!(!store.set_account(&BY, fang, &SHUT).unwrap().is_active);
}

#[test]
fn what_is_left_out_of_a_change_stays() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    joined(&store, "wang", Role::Administrator);
    let fang = joined(&store, "fang", Role::Planner);
    let shut = store.set_account(&BY, fang.id, &SHUT).unwrap();
    assert_eq!(shut.grants, fang.grants);
    let volunteer = [everywhere(Role::Volunteer)];
    let less = AccountChange {
        is_active: None,
        grants: Some(&volunteer),
        ..SHUT
    };
    let after = store.set_account(&BY, fang.id, &less).unwrap();
    assert_eq!((after.is_active, after.grants), (false, volunteer.to_vec()));
}

#[test]
fn when_a_key_was_used_is_written_once_a_minute_and_not_into_the_log() {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    let wang = joined(&store, "wang", Role::Planner).id;
    let grant = everywhere(Role::Volunteer);
    let new = NewKey {
        hash: [9; 32],
        name: "QGIS",
        grant: &grant,
        expires_at: Moment { ms: 10_000_000 },
    };
    let key = store.add_key(&BY, wang, &new).unwrap();
    assert_eq!(key.used_at, None);
    let n_entries = log(&store, EVERYWHERE).len();
    for (now, kept) in [
        (1_000, 1_000),
        (60_999, 1_000),
        (61_000, 61_000),
        (2_000, 61_000),
    ] {
        store.use_key(key.id, Moment { ms: now }).unwrap();
        let (_, used) = store.key(&new.hash, BY.at).unwrap().unwrap();
        assert_eq!(used.used_at, Some(Moment { ms: kept }), "{now}");
        assert!(!used.is_newly_used(Moment { ms: kept + 59_999 }));
        assert!(used.is_newly_used(Moment { ms: kept + 60_000 }));
    }
    assert_eq!(log(&store, EVERYWHERE).len(), n_entries);
    drop(store);
    let report = sqlite::check(folder.path()).unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}
