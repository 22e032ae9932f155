"""What can be done, as records that feed menus, tooltips and the shortcut sheet."""
