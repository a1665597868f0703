"""Guides for companies and unions, and one for the people at the desks. Pictures are of the real screens."""

from .blocks import Block, notice, steps

INDEX_PAGE = ("panduan", "Panduan", "Petunjuk langkah demi langkah. Setiap panduan dapat dicetak.", [])

#: slug, title, lead, body
GUIDES: list[tuple[str, str, str, list[Block]]] = [
    (
        "mendaftar-akun",
        "Cara mendaftar akun",
        "Satu akun cukup untuk semua perusahaan yang Anda urus. Yang diperlukan hanya alamat surel yang aktif.",
        [
            steps(
                (
                    "Buka halaman Daftar",
                    "Tekan <b>Daftar</b> di bagian atas halaman; pada telepon, tekan <b>Menu</b> lebih dahulu. Bila "
                    "Anda "
                    "sedang membaca halaman layanan, setelah mendaftar Anda kembali ke halaman itu.",
                    "",
                ),
                (
                    "Isi alamat surel dan kata sandi",
                    "Pakai alamat yang dibaca setiap hari, karena semua pemberitahuan dikirim ke sana. Kata sandi "
                    "sekurang-kurangnya 8 karakter dan tidak mudah ditebak.",
                    "shot-signup",
                ),
                (
                    "Konfirmasi alamat surel",
                    "Buka pesan dari dinas, lalu tekan tautannya. Tautan berlaku 7 hari. Tidak ada pesan? Periksa "
                    "folder "
                    'spam atau <a href="/akun/kirim-ulang/">minta dikirim ulang</a>.',
                    "",
                ),
                (
                    "Daftarkan perusahaan",
                    "Setelah masuk, buka <b>Perusahaan</b> dan isi nama, NIB, alamat, dan jumlah pekerja. Data ini "
                    "dipakai "
                    "lagi pada setiap permohonan.",
                    "shot-company",
                ),
            ),
            notice(
                "<p>Mohon tidak memakai akun orang lain. Tambahkan rekan kerja sebagai pengurus perusahaan, agar "
                "setiap "
                "orang masuk dengan akunnya sendiri.</p>"
            ),
        ],
    ),
    (
        "mengajukan-pp",
        "Cara mengajukan PP",
        "Dari menyiapkan naskah sampai mengirim permohonan. Formulir tersimpan sebagai draf, jadi dapat "
        "dilanjutkan kapan saja.",
        [
            steps(
                (
                    "Baca persyaratan",
                    "Pastikan seluruh tempat kerja berada di Kota Bekasi. Alur, waktu, dan daftar dokumen ada pada "
                    "halaman "
                    '<a href="/layanan/pengesahan-pp/">Pengesahan Peraturan Perusahaan</a>.',
                    "shot-service",
                ),
                (
                    "Mintakan saran wakil pekerja",
                    "Naskah PP disampaikan kepada serikat pekerja atau wakil pekerja untuk dimintakan saran dan "
                    "pertimbangan. Simpan buktinya.",
                    "",
                ),
                (
                    "Siapkan berkas",
                    "Naskah lengkap yang ditandatangani pengusaha, dalam PDF yang teksnya dapat dicari atau DOCX. "
                    "Dokumen "
                    "lain boleh berupa hasil pindai yang terbaca.",
                    "",
                ),
                (
                    "Isi formulir",
                    "Pada halaman layanan, pilih perusahaan lalu mulai. Isian tersimpan sebagai draf walaupun belum "
                    "lengkap.",
                    "shot-form",
                ),
                (
                    "Unggah dokumen satu per satu",
                    "Setiap dokumen menyebut jenis berkas dan ukuran yang diterima. Berkas yang salah dapat diganti "
                    "sebelum dikirim.",
                    "shot-documents",
                ),
                (
                    "Periksa lalu kirim",
                    "Baca ringkasannya, beri tanda pada pernyataan kebenaran data, lalu kirim. Anda menerima nomor "
                    "permohonan dan tanda terima.",
                    "",
                ),
                (
                    "Ikuti prosesnya",
                    "Buka <b>Permohonan saya</b>. Garis kemajuan menunjukkan tahap saat ini, dan setiap perubahan "
                    "diberitahukan melalui surel.",
                    "shot-status",
                ),
            ),
        ],
    ),
    (
        "mendaftarkan-pkb",
        "Cara mendaftarkan PKB",
        "Perusahaan mengajukan, SP/SB mengonfirmasi naskahnya. Keduanya daring; SP/SB tidak perlu membuat akun.",
        [
            steps(
                (
                    "Catat SP/SB pada data perusahaan",
                    "Buka <b>Perusahaan</b>, lalu isi nama dan nomor pencatatan SP/SB yang menandatangani PKB.",
                    "",
                ),
                (
                    "Ajukan naskah yang sudah ditandatangani",
                    "Buka halaman "
                    '<a href="/layanan/pendaftaran-pkb/">Pendaftaran Perjanjian Kerja Bersama</a>, isi formulir, dan '
                    "unggah naskah yang ditandatangani kedua pihak.",
                    "",
                ),
                (
                    "Isi surel pengurus SP/SB",
                    "Tautan konfirmasi dikirim ke alamat itu setelah permohonan diajukan. Mohon periksa ejaannya.",
                    "",
                ),
                (
                    "SP/SB membuka tautan dan menjawab",
                    "Pengurus SP/SB membaca naskah, lalu menyatakan setuju atau keberatan beserta alasannya. Nama dan "
                    "jabatannya hanya dilihat petugas.",
                    "",
                ),
                (
                    "Ikuti jawabannya",
                    "Halaman permohonan menunjukkan apakah SP/SB sudah menjawab. Bila surelnya tidak sampai, tekan "
                    "<b>Minta ulang konfirmasi SP/SB</b>.",
                    "shot-union",
                ),
            ),
            notice(
                "<p>SP/SB tidak memakai surel? Sampaikan konfirmasi tertulis di loket; petugas mencatat dan menyimpan "
                "pindaiannya.</p>",
                "Tanpa surel",
            ),
        ],
    ),
    (
        "memperbaharui-pp-pkb",
        "Cara memperbaharui, memperpanjang, atau mengubah",
        "Mulailah dari PP atau PKB yang sudah tercatat. Data perusahaan dan SK yang lama sudah terisi.",
        [
            steps(
                (
                    "Buka Peraturan saya",
                    "Setelah masuk, buka <b>Permohonan saya</b>, lalu <b>Peraturan saya</b>. Di sana terlihat PP atau "
                    "PKB "
                    "perusahaan dan kapan berakhir.",
                    "",
                ),
                (
                    "Pilih yang diperlukan",
                    "Pembaharuan untuk masa berlaku berikutnya, perpanjangan dengan naskah yang sama, atau perubahan "
                    "isi. "
                    "Yang belum dapat dilakukan disebut alasannya.",
                    "shot-next",
                ),
                (
                    "Periksa isian",
                    "Formulir sudah terisi dari catatan dinas. Perbaiki yang berubah dan lengkapi yang baru, misalnya "
                    "masa "
                    "berlaku.",
                    "",
                ),
                (
                    "Unggah naskah baru lalu kirim",
                    "Petugas membandingkan naskah baru dengan naskah yang berlaku pasal demi pasal.",
                    "",
                ),
            ),
            notice(
                "<p>Pembaharuan PP diajukan paling lambat 30 hari kerja sebelum masa berlakunya berakhir (Permenaker "
                "Nomor "
                "28 Tahun 2014 Pasal 13). Perundingan PKB berikutnya dapat dimulai paling cepat 3 bulan sebelum PKB "
                "berakhir.</p>",
                "Kapan mengajukan",
                "warn",
            ),
        ],
    ),
    (
        "memperbaiki-berkas",
        "Cara memperbaiki berkas",
        "Permohonan yang dikembalikan bukan ditolak. Perbaiki bagian yang diminta, lalu kirim lagi.",
        [
            steps(
                (
                    "Baca pemberitahuan",
                    "Surel pemberitahuan menyebut nomor permohonan. Batas perbaikan 14 hari kerja dihitung sejak "
                    "pemberitahuan pertama kali dibaca.",
                    "",
                ),
                (
                    "Buka permohonan yang menunggu Anda",
                    "Pada <b>Permohonan saya</b>, yang menunggu Anda berada paling atas. Tekan <b>Lihat yang harus "
                    "diperbaiki</b>.",
                    "shot-mine",
                ),
                (
                    "Baca setiap catatan",
                    "Catatan menyebut dokumen atau pasal, apa masalahnya, apa yang diminta, dan dasar hukumnya.",
                    "shot-notes",
                ),
                (
                    "Perbaiki dan jawab",
                    "Ganti berkas atau isian pada catatan itu, lalu tulis singkat apa yang diperbaiki. Bila tidak "
                    "setuju, "
                    "jelaskan alasannya. Bagian lain tidak berubah.",
                    "shot-repair",
                ),
                (
                    "Kirim perbaikan",
                    "Setelah semua catatan terjawab, tekan <b>Kirim perbaikan</b>. Versi lama tetap tersimpan dan "
                    "dapat "
                    "dibandingkan.",
                    "",
                ),
            ),
            notice(
                "<p>Bila batas waktu terlewati, proses dimulai dari awal. Data Anda tetap tersimpan untuk pengajuan "
                "berikutnya.</p>",
                "Perhatikan batas waktu",
                "warn",
            ),
        ],
    ),
    (
        "memeriksa-keaslian-sk",
        "Cara memeriksa keaslian SK",
        "Siapa pun dapat memeriksa apakah surat keputusan benar diterbitkan oleh dinas, tanpa akun.",
        [
            steps(
                (
                    "Pindai kode QR",
                    "Arahkan kamera telepon ke kode QR pada surat keputusan. Pastikan alamat yang terbuka adalah "
                    "alamat "
                    "situs dinas.",
                    "",
                ),
                (
                    "Atau ketik kodenya",
                    'Buka <a href="/psk/verifikasi/">Cek Keaslian SK</a> lalu isi kode yang tertulis di samping kode '
                    "QR.",
                    "shot-check",
                ),
                (
                    "Bandingkan isinya",
                    "Cocokkan nomor, nama perusahaan, jenis, dan masa berlaku dengan surat yang Anda pegang. "
                    "Perhatikan "
                    "juga statusnya: berlaku, diganti, dicabut, atau berakhir.",
                    "shot-verify",
                ),
                (
                    "Cocokkan berkasnya",
                    "Bila Anda memegang berkas PDF, unggah pada halaman yang sama. Sistem mencocokkan sidik "
                    "digitalnya; "
                    "berkas Anda tidak disimpan.",
                    "",
                ),
            ),
            notice(
                "<p>Bila hasilnya tidak cocok, sampaikan kepada kami melalui halaman "
                '<a href="/kontak/">Kontak</a>.</p>',
                "Tidak cocok?",
                "warn",
            ),
        ],
    ),
    (
        "petunjuk-pelaksanaan-petugas",
        "Petunjuk pelaksanaan bagi petugas",
        "Memeriksa permohonan dari kotak masuk sampai keputusan. Urutan kerja lengkap ada pada SOP.",
        [
            steps(
                (
                    "Buka Kotak Masuk",
                    "Permohonan yang menunggu Anda berurut menurut jatuh tempo. Tekan nomornya untuk membuka meja "
                    "kerja.",
                    "shot-inbox",
                ),
                (
                    "Tangani permohonan",
                    "Tekan <b>Tangani</b> agar rekan satu tahap melihat siapa yang memeriksa. Sisa waktu dan batas "
                    "menurut "
                    "peraturan ada di kanan atas.",
                    "shot-desk",
                ),
                (
                    "Periksa dokumen dan daftar periksa",
                    "Tekan judul dokumen untuk membacanya di halaman yang sama. Jawab daftar periksa; jawaban yang "
                    "tidak "
                    "sesuai dapat langsung dijadikan temuan.",
                    "",
                ),
                (
                    "Tulis temuan",
                    "Sebutkan dokumen atau pasal, masalahnya, permintaannya, dan dasar hukumnya. Semua temuan dikirim "
                    "sekaligus dalam satu pemberitahuan.",
                    "",
                ),
                (
                    "Ambil keputusan",
                    "Teruskan bila sesuai, atau kembalikan untuk perbaikan bila ada temuan. Setelah perusahaan "
                    "menjawab, "
                    "bandingkan versi lama dan baru sebelum menerima perbaikan.",
                    "",
                ),
            ),
            notice(
                "<p>Seorang petugas tidak memutus pada dua tahap dari permohonan yang sama, dan tidak memutus "
                "permohonan "
                "perusahaan yang berkepentingan dengannya.</p>"
            ),
        ],
    ),
]
