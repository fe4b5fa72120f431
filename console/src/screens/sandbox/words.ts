export const words = {
  fr: {
    title: 'Bac à sable',
    hint: 'Des services simulés sur cette machine : tout s’y essaie, rien ne part vers l’extérieur.',
    home: 'Accueil du bac à sable',
    none: 'Pas de bac à sable ici',
    noneHint: 'Ce serveur parle aux vrais services. Le bac à sable se lance avec SANDBOX=on, hors production.',
    elsewhere: 'Le bac à sable tourne à part',
    elsewhereHint:
      'Un fournisseur est simulé, mais ce serveur n’a pas lancé lui-même les simulateurs. Ouvrez leur page à l’adresse que vous avez réglée.',
    beforehand:
      'Connectez d’abord les comptes simulés dans Connexions. Chaque bouton ouvre la page du simulateur dans un nouvel onglet : gardez celui-ci à côté.',
    open: 'Ouvrir',
    openFor: 'Ouvrir la page du simulateur : {{thing}}',
    see: 'À regarder ensuite :',
    faultsTitle: 'Quand ça se passe mal',
    faultsHint: 'À coller dans un terminal : une page d’un autre site n’a pas le droit de commander le bac à sable.',
    faults: {
      revoke: {
        title: 'Retirer l’accès à Calendly',
        see: 'À la prochaine lecture, la connexion passe « À reconnecter » et dit ce qui ne vient plus. Reconnecter garde tout.',
      },
      forge: {
        title: 'Fausser la signature de la prochaine livraison',
        see: 'Réservez ensuite : la livraison est refusée à l’entrée, et la lecture du compte retrouve le rendez-vous.',
      },
      limit: {
        title: 'Limiter les appels pendant 30 secondes',
        see: 'Demandez une synchronisation : elle attend l’heure que Calendly donne, puis finit.',
      },
      breakdown: {
        title: 'Une panne de Google, trois appels de suite',
        see: 'Demandez une synchronisation : elle est réessayée, et rien n’est perdu.',
      },
      cursor: {
        title: 'Périmer la position de lecture de Google',
        see: 'La lecture suivante est complète, et dit pourquoi.',
      },
    },
    things: {
      book: {
        title: 'Réserver un rendez-vous',
        do: 'Choisissez un type de rendez-vous, une heure et un nom, puis réservez.',
        see: 'le prospect, sa note et la notification arrivent ici en moins de deux secondes, sans recharger.',
      },
      move: {
        title: 'Reporter un rendez-vous',
        do: 'Reportez celui que vous venez de prendre, puis réservez encore avec le même e-mail.',
        see: 'une seule fiche, une note par rendez-vous, et les deux livraisons du report.',
      },
      cancel: {
        title: 'Annuler',
        do: 'Annulez un rendez-vous, avec un motif.',
        see: 'il est barré dans la fiche, hachuré dans l’agenda, et un e-mail l’annonce.',
      },
      noShow: {
        title: 'Marquer une absence',
        do: 'Marquez comme absente la personne d’un rendez-vous passé.',
        see: 'l’état du rendez-vous dans la fiche du prospect.',
      },
      calCom: {
        title: 'Réserver par Cal.com',
        do: 'Prenez un rendez-vous, ou une demande qu’il faut confirmer.',
        see: 'le même chemin, avec un autre fournisseur.',
      },
      google: {
        title: 'Changer un agenda Google',
        do: 'Ajoutez, déplacez ou supprimez un événement, même une seule fois d’une série.',
        see: 'l’agenda se met à jour, et la lecture qui l’a trouvé.',
      },
      outlook: {
        title: 'Contredire une formation',
        do: 'Exportez une formation vers Outlook, puis changez-la des deux côtés.',
        see: 'le conflit est gardé et montré : à vous de choisir la version qui tient.',
      },
      mail: {
        title: 'Lire les e-mails',
        do: 'Tout e-mail écrit par Passerelle arrive dans cette boîte, et nulle part ailleurs.',
        see: 'le même e-mail, et ce qu’il en est advenu.',
      },
    },
  },
  en: {
    title: 'Sandbox',
    hint: 'Services simulated on this machine: everything can be tried, nothing leaves it.',
    home: 'Home of the sandbox',
    none: 'No sandbox here',
    noneHint: 'This server talks to the real services. The sandbox starts with SANDBOX=on, outside production.',
    elsewhere: 'The sandbox runs elsewhere',
    elsewhereHint:
      'A provider is simulated, but this server did not start the stand-ins itself. Open their page at the address you have set.',
    beforehand:
      'Connect the simulated accounts in Connections first. Each button opens the page of a stand-in in a new tab: keep this one beside it.',
    open: 'Open',
    openFor: 'Open the page of the stand-in: {{thing}}',
    see: 'Then look at:',
    faultsTitle: 'When things go wrong',
    faultsHint: 'To be pasted into a terminal: a page of another site may not command the sandbox.',
    faults: {
      revoke: {
        title: 'Take the access to Calendly away',
        see: 'At the next reading the connection becomes “Reconnect needed”, and says what no longer comes in. Reconnecting keeps everything.',
      },
      forge: {
        title: 'Spoil the signature of the next delivery',
        see: 'Then book: the delivery is refused at the door, and the reading of the account finds the appointment.',
      },
      limit: {
        title: 'Limit calls for 30 seconds',
        see: 'Ask for a synchronization: it waits for the hour that Calendly gives, then finishes.',
      },
      breakdown: {
        title: 'A breakdown of Google, three calls in a row',
        see: 'Ask for a synchronization: it is tried again, and nothing is lost.',
      },
      cursor: {
        title: 'Let Google’s reading position expire',
        see: 'The next reading is a full one, and says why.',
      },
    },
    things: {
      book: {
        title: 'Book an appointment',
        do: 'Choose a kind of appointment, an hour and a name, then book.',
        see: 'the prospect, the note and the notification arrive here within two seconds, without reloading.',
      },
      move: {
        title: 'Move an appointment',
        do: 'Move the one you have just made, then book again with the same e-mail.',
        see: 'one record, one note per appointment, and the two deliveries of the move.',
      },
      cancel: {
        title: 'Cancel',
        do: 'Cancel an appointment, with a reason.',
        see: 'it is struck through in the record, hatched in the calendar, and told by e-mail.',
      },
      noShow: {
        title: 'Mark a no-show',
        do: 'Mark the person of a past appointment as absent.',
        see: 'the state of the appointment in the prospect’s record.',
      },
      calCom: {
        title: 'Book through Cal.com',
        do: 'Make an appointment, or a request that has to be confirmed.',
        see: 'the same path, with another provider.',
      },
      google: {
        title: 'Change a Google calendar',
        do: 'Add, move or delete an event, even one occurrence of a series.',
        see: 'the calendar is brought up to date, and the reading that found it.',
      },
      outlook: {
        title: 'Contradict a training',
        do: 'Export a training to Outlook, then change it on both sides.',
        see: 'the conflict is kept and shown: you choose which version holds.',
      },
      mail: {
        title: 'Read the e-mails',
        do: 'Every e-mail that Passerelle writes arrives in this mailbox, and nowhere else.',
        see: 'the same e-mail, and what became of it.',
      },
    },
  },
};
