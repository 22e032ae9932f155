"""What the program needs beside its code: icons and translations."""
