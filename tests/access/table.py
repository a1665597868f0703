"""Every view of the plugin and what each person gets there.

A row: name of the view, method, arguments (expressions over the world), answers in the order of `world.ROLES`:
anonymous, member of the company, member of another, registrasi, verifikator, korektor, kasi, kabid, sekretaris, kadis,
editor of services, administrator.

  o  gets in (200, or a redirect onwards after a change)   l  is asked to sign in
  n  404, as if it did not exist                            d  is refused (403, or led to the admin's first page)
  c  409 or 422: known here, but not in this state or with this input
"""

TABLE = """
psk:health                                GET  -                                   oooooooooooo
psk:company_list                          GET  -                                   looooooooooo
psk:company_create                        GET  -                                   looooooooooo
psk:company_create                        POST -                                   lccccccccccc
psk:company_join                          GET  -                                   looooooooooo
psk:company_join                          POST -                                   looooooooooo
psk:request_cancel                        POST w.mine.pk                           looooooooooo
psk:company_detail                        GET  w.company.pk                        lonnnnnnnnnn
psk:company_edit                          GET  w.company.pk                        lonnnnnnnnnn
psk:company_edit                          POST w.company.pk                        lcnnnnnnnnnn
psk:company_leave                         POST w.company.pk                        lonnnnnnnnnn
psk:company_people                        GET  w.company.pk                        lonnnnnnnnnn
psk:company_people                        POST w.company.pk                        lcnnnnnnnnnn
psk:request_approve                       POST w.company.pk;w.requested.pk         lonnnnnnnnnn
psk:request_decline                       POST w.company.pk;w.requested.pk         lonnnnnnnnnn
psk:member_role                           POST w.company.pk;w.colleague.pk         lonnnnnnnnnn
psk:member_end                            POST w.company.pk;w.colleague.pk         lonnnnnnnnnn
psk:invitation_resend                     POST w.company.pk;w.invitation.pk        lonnnnnnnnnn
psk:invitation_withdraw                   POST w.company.pk;w.invitation.pk        lonnnnnnnnnn
psk:invitation                            GET  w.invitation.token                  ldoddddddddd
psk:invitation                            POST w.invitation.token                  ldoddddddddd
psk:service_list                          GET  -                                   oooooooooooo
psk:service_form                          GET  'pp-baru'                           oooooooooooo
psk:service_leaflet                       GET  'pp-baru'                           oooooooooooo
psk:service_start                         POST 'pp-baru'                           looooooooooo
psk:submission_list                       GET  -                                   looooooooooo
psk:draft_resume                          GET  w.draft.token                       lonnnnnnnnnn
psk:draft_file                            POST w.draft.token                       lonnnnnnnnnn
psk:draft_discard                         POST w.draft.token                       lonnnnnnnnnn
psk:draft_pending_file                    GET  w.draft.token;'naskah-pp'           lonnnnnnnnnn
psk:draft_step                            POST w.draft.token;'isian-1'             lonnnnnnnnnn
psk:submission_detail                     GET  w.returned.number                   lonnnnnnnnnn
psk:submission_receipt                    GET  w.returned.number                   lonnnnnnnnnn
psk:submission_receipt_pdf                GET  w.returned.number                   lonnnnnnnnnn
psk:submission_repair                     GET  w.returned.number                   lonnnnnnnnnn
psk:submission_repair                     POST w.returned.number                   lonnnnnnnnnn
psk:submission_withdraw                   POST w.returned.number                   lonnnnnnnnnn
psk:submission_document                   GET  w.issued.number;'naskah-pp';1       lonnnnnnnnnn
psk:submission_decree                     GET  w.issued.number                     lonooooooono
psk:survey                                GET  w.issued.number                     lonnnnnnnnnn
psk:survey                                POST w.issued.number                     lcnnnnnnnnnn
psk:decree_check                          GET  -                                   oooooooooooo
psk:decree_verify                         GET  w.issued.decree.code                oooooooooooo
psk:decree_verify                         POST w.issued.decree.code                cccccccccccc
psk:register                              GET  -                                   oooooooooooo
psk:register_csv                          GET  -                                   oooooooooooo
psk:register_detail                       GET  w.regulation.pk                     oooooooooooo
psk:register_api                          GET  -                                   oooooooooooo
psk:law_list                              GET  -                                   oooooooooooo
psk:law_detail                            GET  w.law.code                          oooooooooooo
psk_kotak-masuk_modeladmin_index          GET  -                                   lllooooooodo
psk_semua-permohonan_modeladmin_index     GET  -                                   lllooooooodo
psk_keputusan_modeladmin_index            GET  -                                   lllddddododo
psk_decree_detail                         GET  w.issued.decree.pk                  lllddddododo
psk_decree_pdf                            GET  w.issued.decree.pk                  lllddddododo
psk_decree_render                         POST w.issued.decree.pk                  lllddddododo
psk_decree_revoke                         GET  w.issued.decree.pk                  lllddddddodo
psk_decree_revoke                         POST w.issued.decree.pk                  lllddddddcdc
psk_peraturan_modeladmin_index            GET  -                                   lllooooooodo
psk_regulation_versions                   GET  w.regulation.pk                     lllooooooodo
psk_regulation_redline                    GET  w.regulation.pk                     lllooooooodo
psk_regulation_recognise                  POST w.regulation.pk                     lllooooooodo
psk_perusahaan_modeladmin_index           GET  -                                   lllddddododo
psk_company                               GET  w.company.pk                        lllddddododo
psk_company_appoint                       POST w.company.pk;w.colleague.pk         lllddddddddo
psk_layanan_modeladmin_index              GET  -                                   llldddddddoo
psk_layanan_modeladmin_create             GET  -                                   llldddddddoo
psk_layanan_modeladmin_create             POST -                                   llldddddddoo
psk_layanan_modeladmin_edit               GET  w.issued.service_id                 llldddddddoo
psk_layanan_modeladmin_edit               POST w.issued.service_id                 llldddddddoo
psk_layanan_modeladmin_delete             GET  w.issued.service_id                 lllddddddddd
psk_layanan_modeladmin_delete             POST w.issued.service_id                 lllddddddddd
psk_surel_modeladmin_index                GET  -                                   lllddddodddo
psk_mail_detail                           GET  w.mail.pk                           lllddddodddo
psk_mail_send_again                       POST w.mail.pk                           lllddddodddo
psk_norma_modeladmin_index                GET  -                                   lllddododddo
psk_norma_modeladmin_create               GET  -                                   lllddododddo
psk_norma_modeladmin_create               POST -                                   lllddododddo
psk_norma_modeladmin_edit                 GET  w.norm.pk                           lllddododddo
psk_norma_modeladmin_edit                 POST w.norm.pk                           lllddododddo
psk_norma_modeladmin_delete               GET  w.norm.pk                           lllddddddddd
psk_norma_modeladmin_delete               POST w.norm.pk                           lllddddddddd
psk_survei_modeladmin_index               GET  -                                   lllddddododo
psk_survey_csv                            GET  -                                   lllddddododo
psk_dasar-hukum_modeladmin_index          GET  -                                   lllddddoddoo
psk_dasar-hukum_modeladmin_create         GET  -                                   llldddddddoo
psk_dasar-hukum_modeladmin_create         POST -                                   llldddddddoo
psk_dasar-hukum_modeladmin_edit           GET  w.law.pk                            lllddddoddoo
psk_dasar-hukum_modeladmin_edit           POST w.law.pk                            lllddddoddoo
psk_dasar-hukum_modeladmin_delete         GET  w.law.pk                            llldddddddoo
psk_dasar-hukum_modeladmin_delete         POST w.law.pk                            llldddddddoo
psk_kalender_modeladmin_index             GET  -                                   lllddddoddoo
psk_kalender_modeladmin_create            GET  -                                   llldddddddoo
psk_kalender_modeladmin_create            POST -                                   llldddddddoo
psk_kalender_modeladmin_edit              GET  w.day.pk                            lllddddoddoo
psk_kalender_modeladmin_edit              POST w.day.pk                            lllddddoddoo
psk_kalender_modeladmin_delete            GET  w.day.pk                            llldddddddoo
psk_kalender_modeladmin_delete            POST w.day.pk                            llldddddddoo
psk_desk:desk                             GET  w.desk.pk                           lllooooooodo
psk_desk:decide                           GET  w.desk.pk;'sign'                    lllcccccccdc
psk_desk:decide                           POST w.desk.pk;'declare_in_order'        lllddcdddddd
psk_desk:finding_add                      POST w.desk.pk                           lllddcdddddd
psk_desk:finding_edit                     POST w.desk.pk;w.written.pk              lllddcdddddd
psk_desk:finding_delete                   POST w.desk.pk;w.written.pk              lllddcdddddd
psk_desk:finding_accept                   POST w.desk.pk;w.answered.pk             lllddodddddd
psk_desk:finding_ask_again                POST w.desk.pk;w.answered.pk             lllddodddddd
psk_desk:note_add                         POST w.desk.pk                           lllcccccccdc
psk_desk:redline                          GET  w.desk.pk                           lllooooooodo
psk_desk:redline_recognise                POST w.desk.pk                           lllooooooodo
psk_desk:document                         GET  w.desk.pk;'naskah-pp'               lllooooooodo
"""
