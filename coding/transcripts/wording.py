"""The words by which header lines and speaker labels are known, in Indonesian and English. Data, no rules."""

from __future__ import annotations

import re

from coding.transcripts.drafts import Method

HEADER_KEYS: dict[str, str] = {
    wording: key
    for key, wordings in {
        # who was asked; each of these can also stand as a label in front of a turn
        "informant": "informan|narasumber|nara sumber|responden|informant|interviewee|respondent|terwawancara|"
        "partisipan|participant|participants|peserta|peserta fgd|peserta diskusi|subjek|informants|interviewees|"
        "respondents|speaker|pembicara|informan kunci|informan utama|informan pendukung|informan tambahan|"
        "key informant|main informant|supporting informant|nama nama peserta|daftar peserta|daftar hadir|hadir|"
        "attendees|people present",
        "name": "nama|name|nama lengkap|full name|nama informan|nama narasumber|nama responden|nama peserta|"
        "informant name|name of informant|interviewee name|participant name|respondent name|nama terang",
        "initials": "inisial|initials|initial|kode|code|kode informan|inisial informan|inisial nama|nama inisial|"
        "informant code|kode narasumber|kode responden|participant code|nama samaran|pseudonym|samaran|id informan|"
        "participant id",
        "role": "jabatan|peran|role|position|pekerjaan|occupation|profesi|profession|job|job title|posisi|"
        "kedudukan|jabatan pekerjaan|pekerjaan jabatan|peran jabatan|jabatan peran|role position|status jabatan|"
        "pangkat jabatan|jabatan dalam program|peran dalam program|role in programme|role in program|sebagai",
        "age": "umur|usia|age|umur usia|usia umur|age years|usia tahun|umur tahun",
        "category": "kategori|category|jenis informan|tipe informan|kategori informan|informant category|"
        "status informan|informant type|type informant|jenis narasumber",
        "group": "kelompok|group|grup|kelompok informan|informant group|unsur|kelompok triangulasi",
        "gender": "jenis kelamin|gender|sex|kelamin|jk|l p|jns kelamin",
        "date": "tanggal|date|hari tanggal|tanggal hari|hari|day|tgl|hari tgl|day date|date day|waktu|"
        "waktu pelaksanaan|waktu tanggal|tanggal waktu|tanggal pukul|tanggal jam|hari tanggal waktu|"
        "hari tanggal jam|hari tanggal pukul|date time|time date|date and time|when|hari pelaksanaan|"
        "tanggal pengambilan data",
        "place": "tempat|lokasi|place|location|venue|site|setting|where|tempat pelaksanaan|lokasi penelitian|"
        "tempat lokasi|tempat tanggal|tempat waktu|waktu tempat|tanggal tempat|hari tanggal tempat|"
        "tempat hari tanggal|lokasi tanggal|place date|date place|waktu dan tempat",
        "researcher": "pewawancara|peneliti|interviewer|researcher|nama peneliti|nama pewawancara|observer|"
        "pengamat|moderator|fasilitator|facilitator|enumerator|nama pengamat|nama observer|interviewer name|"
        "researcher name|interviewed by|diwawancarai oleh|nama moderator",
        "method": "metode|method|teknik|teknik pengumpulan data|metode pengumpulan data|jenis data|jenis wawancara|"
        "type|technique|jenis|metode wawancara|data collection method|jenis sumber",
        "title": "judul|title|topik|topic|tema|theme|perihal|tentang|judul penelitian|research title|study|penelitian",
        "residence": "alamat|domisili|tempat tinggal|asal|address|residence|asal desa|desa|kelurahan|asal daerah|"
        "alamat rumah|home",
        "other": "durasi|duration|pendidikan|education|pendidikan terakhir|instansi|unit kerja|institution|"
        "organisation|organization|organisasi|lembaga|unit|tempat tanggal lahir|tempat tgl lahir|ttl|tanggal lahir|"
        "tgl lahir|date of birth|place date of birth|birthday|agama|religion|suku|lama bekerja|masa kerja|"
        "lama menjabat|years of service|telepon|telp|no hp|no telepon|nomor hp|hp|phone|email|surel|e mail|perekam|"
        "alat perekam|rekaman|recording|file|nama file|bahasa|language|nomor|no|number|nomor transkrip|"
        "kode transkrip|transcript|pukul|jam|time|sesi|session|ke|jumlah peserta|number of participants|"
        "jumlah informan|notulis|notulen|note taker|transkriptor|ditranskrip oleh|transcribed by|transcriber|"
        "pentranskrip|nip|nik|status perkawinan|marital status|status|jumlah halaman|waktu mulai|waktu selesai|"
        "start|end|mulai|selesai|durasi rekaman|acara|agenda|kegiatan|nama kegiatan|objek|objek observasi|object|"
        "sasaran|cuaca|weather",
    }.items()
    for wording in wordings.split("|")
}
# Words that say of what a line is the date or the name; without them the key is looked up again.
KEY_FILLERS = frozenset(
    "wawancara interview interviews pelaksanaan kegiatan observasi observation fgd diskusi discussion informan "
    "narasumber responden informant interviewee respondent participant peserta partisipan subjek mendalam "
    "pengamatan dokumen document lengkap data the of dan and di pada ke no".split()
)
LABEL_KEYS = frozenset({"informant", "researcher"})

RESEARCHER_WORDS = frozenset(
    "peneliti pewawancara penanya tanya pertanyaan interviewer researcher question moderator fasilitator facilitator "
    "enumerator penulis observer pengamat surveyor host int interviewers".split()
)
INFORMANT_WORDS = frozenset(
    "informan narasumber responden jawab jawaban informant interviewee respondent answer participant partisipan "
    "peserta subjek subject terwawancara ibu bapak".split()
)
# Nobody in particular, or somebody who has not been told apart.
UNKNOWN_WORDS = frozenset(
    "semua bersama-sama bersama serentak all everyone several speaker pembicara penutur suara seseorang unknown "
    "unidentified lainnya beberapa voice".split()
)
LETTERS_RESEARCHER = frozenset("ptqmf")
LETTERS_INFORMANT = frozenset("ijanrs")

GREETINGS = frozenset(
    "assalamualaikum assalamu'alaikum assalammualaikum waalaikumsalam wa'alaikumsalam waalaikumussalam "
    "walaikumsalam selamat halo hallo hai hello hi good baik iya ya oke ok okay terima terimakasih silakan "
    "silahkan mohon permisi pagi siang sore yes no tidak thank thanks mari bagaimana apa apakah mengapa kenapa "
    "siapa kapan what how why when who could can".split()
)
# What a name or an office never begins with, and what stands in neither in small letters: then somebody speaks.
SPOKEN_FIRST = frozenset(
    "saya aku kami kita anda kamu dia mereka ini itu sudah udah belum akan tidak nggak enggak gak bukan ada begini "
    "begitu boleh bisa kalau kalo karena sejak mulai langsung lanjut tentang soal mengenai dari menurut jadi lalu "
    "kemudian terus siap alhamdulillah insyaallah sekarang dulu awalnya biasanya coba tolong perkenalkan maaf "
    "betul benar pernah sering semua setiap untuk dengan memang masih hanya cuma i'm we you they it's there this "
    "that since because let please sorry about could".split()
)
SPOKEN_INSIDE = frozenset(
    "saya aku kami kita anda kamu dia mereka ini itu sudah udah belum akan tidak nggak enggak gak bukan begini "
    "begitu boleh bisa kalau kalo karena sejak mulai saja aja juga lagi dulu apa siapa kapan bagaimana gimana "
    "mengapa kenapa berapa pernah sering masih ya kok sih dong lah we you they is are was were does did have has "
    "not this that there here my our your can will would should".split()
)
# What people write in front of a colon when nobody begins to speak.
NO_LABELS = frozenset(
    "catatan|catatan lapangan|nb|n.b|ps|misal|misalnya|contoh|contohnya|seperti|yaitu|yakni|antara lain|jam|pukul|"
    "note|notes|example|e.g|i.e|for example|keterangan|ket|sumber|source|tabel|table|gambar|figure|lampiran|"
    "appendix|http|https|www|tujuan|alasan|reason|hasil|kesimpulan|simpulan|pertama|kedua|ketiga|keempat|kelima|"
    "pertama-tama|terakhir|first|second|third|finally|satu|dua|tiga|artinya|maksudnya|intinya|jadi|program|"
    "kegiatan|tanggal|hari|tempat|alamat|telp|telepon|no|nomor|hal|perihal|pasal|ayat|bab|bagian|menimbang|"
    "mengingat|memutuskan|menetapkan|memperhatikan|judul|tema|topik|total|jumlah|saran|kendala|solusi|hambatan|"
    "dukungan|penting|ingat|rp|idr|ya|tidak|oke|baik|catat|todo|translasi|terjemahan|translation|re|cc|fyi|lalu|"
    "kemudian|selanjutnya|akhirnya|makanya|pokoknya|katanya|kata|ucap|waktu|tahun|bulan|minggu|durasi|isi|one|two|"
    "reasons|result|results|conclusion|summary|goal|goals|aim|time|date|place|address|page|halaman|versi|version".split(
        "|"
    )
)

# Looked for in this order: a focus group is a discussion before it is an interview, and a report on one is no document.
METHOD_WORDS: tuple[tuple[Method, str], ...] = (
    ("focus_group", r"\bfgd\b|focus\s+group|diskusi\s+(?:kelompok|terpumpun|terfokus)|kelompok\s+(?:fokus|terarah)"),
    ("interview", r"wawancara|\binterviews?\b|\bwwcr\b|in-?depth"),
    ("observation", r"observasi|\bobservations?\b|pengamatan|catatan\s+lapangan|field\s*notes?"),
    (
        "document",
        r"\b(?:dokumen|documents?|notulen|notula|notulensi|minutes|peraturan|regulations?|undang-undang|keputusan|surat|"
        r"laporan|reports?|sop|mou|pedoman|juknis|juklak|perda|permen\w*|perpres|perwali?|perbup|audit|berita\s+acara|"
        r"risalah|nota\s+kesepahaman|memorandum)\b",
    ),
)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def count_of(word: str) -> int | None:
    """The number that a word behind `Informan` is: `3`, `03`, `III`; None when it is none."""
    return int(word) if re.fullmatch(r"\d{1,3}", word) else _ROMAN.get(word.casefold())


def header_key(label: str) -> tuple[str, int | None] | None:
    """The header key that `label` stands for and the number behind it (`Informan 2`), or None when it is none."""
    words = re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)", " ", label.casefold()))
    number = None
    if len(words) > 1 and (number := count_of(words[-1])) is not None:
        words = words[: -2 if words[-2] == "ke" and len(words) > 2 else -1]
    if not words or len(words) > 7:
        return None
    for tried in (words, [w for w in words if w not in KEY_FILLERS]):
        if (found := HEADER_KEYS.get(" ".join(tried))) is not None:
            return found, number
    return None
