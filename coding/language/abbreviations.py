"""Abbreviations after which a full stop does not end a sentence, in Indonesian and English. Data, no rules."""

from __future__ import annotations

# Something always follows these: a name, a number, a place.
LEADING = frozenset(
    "bpk bp sdr sdri tn ny nn yth ytc h hj kh dr drg drs dra drh ir prof ns apt bd ust pdt alm almh r rr rm kol "
    "letkol brigjen mayjen kapt akp kompol mr mrs ms st rev hon gen col capt lt sgt jl jln gg kec kab kel ds dsn "
    "kp prov no nomor nr hlm hal rp pasal ps ay vol ed eds tgl pkl tlp telp tel hp fax faks psl bdk cf fig tab "
    "lamp ruko blok gd lt kav rt rw kasi kabid kadis kasubag plt plh pjs pj a.n u.b u.p d.a c.q cq no.reg e.g i.e "
    "viz vs al a.l a.s ca approx dept".split()
)
# Of those, the ones that a number follows: before a word that begins with a capital the sentence is at its end
# (“Kabarnya lewat grup RT. Hampir semua ikut.”), before a number, a small letter or capitals alone it goes on.
NUMBERED = frozenset("rt rw no nomor nr hlm hal pasal ps ay vol pkl tlp telp tel hp fax faks fig tab kav".split())
# What a number is of: “No. Rekening”, “Telp. Kantor” go on.
NUMBERED_THINGS = frozenset(
    "urut rumah rekening rek induk telepon telp tlp hp wa whatsapp polisi registrasi reg surat kartu kontrak seri "
    "identitas pokok peserta anggota antrean antrian kamar kantor pengaduan faktur kuitansi sk dokumen".split()
)
# These may end a sentence or stand inside it; the next letter tells.
TRAILING = frozenset(
    "dll dsb dst dkk tsb ybs sbb dlsb etc et.al dtt swt saw as ra ttd red s.d sd yad yl jr sr inc ltd co corp pt "
    "cv tbk wib wita wit km kg cm mm ha lt min max thn th bln".split()
)
MONTHS = frozenset("jan feb mar apr jun jul agu ags agt aug sep sept okt oct nov nop des dec".split())
