; The installer for Windows: for one person, without administrator rights.
; Compiled by resources/packaging/windows.py, which gives VERSION, NUMBERS (four of them), SOURCE
; (the frozen folder), ICON, SIDE (a picture), KILOBYTES and OUT, and where it is set TARGET and SIGN.
;
; Silent: SETUP.exe /S [/PATH] [/DESKTOP] [/D=C:\folder]. Exit codes: 0 installed, 2 refused.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off ; files get the time of the installation: the same bytes from the same files
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinMessages.nsh
!include WordFunc.nsh
!include x64.nsh
!insertmacro GetParameters
!insertmacro GetOptions
!insertmacro WordFind
!insertmacro un.WordReplace

!define PROGID "Pressmark.Project"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Pressmark"
!define WINDOW "pressmark-app.exe"
!define UNINSTALLER "uninstall-pressmark.exe"
!define USUAL "$LOCALAPPDATA\Programs\Pressmark"
!define OLDEST_BUILD 17763 ; what Qt runs on
!define LONGEST_PATH 1800 ; bytes of the PATH that fit NSIS's texts with ours appended
!define CURRENT_USER 0x80000001

Name "Pressmark"
OutFile "${OUT}"
InstallDir "${USUAL}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "Pressmark ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "Pressmark"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installer of Pressmark"
VIAddVersionKey CompanyName "Pressmark contributors"
VIAddVersionKey LegalCopyright "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_DIRECTORYPAGE_TEXT_TOP "Pressmark takes an empty folder, or one that an earlier \
  Pressmark is in. The usual one is yours alone and needs no administrator."
!define MUI_PAGE_CUSTOMFUNCTION_PRE skip_when_installed
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "The program is removed. Your projects, backups and settings stay."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; ---- what can be asked

; Puts "yes" into $R0 while this program runs: Windows lets nobody write to its file then.
!macro LOOK_WHETHER_RUNS FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${If} ${Errors}
      StrCpy $R0 "yes"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro WAIT_UNTIL_CLOSED WHAT
  ${Do}
    StrCpy $R0 "no"
    !insertmacro LOOK_WHETHER_RUNS "$INSTDIR\${WINDOW}"
    !insertmacro LOOK_WHETHER_RUNS "$INSTDIR\pressmark.exe"
    ${If} $R0 == "no"
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
      "Pressmark is running. Close its windows, then choose Retry.$\r$\n$\r$\n\
      Nothing was ${WHAT} yet." /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Abort
  ${Loop}
!macroend

; Puts the length of the person's PATH in bytes into $1, -1 where there is none.
!macro MEASURE_PATH
  StrCpy $1 0
  ; 0x10000006: texts of both kinds, with %names% left as they are.
  System::Call 'advapi32::RegGetValueW(p ${CURRENT_USER}, w "Environment", w "Path", \
    i 0x10000006, p 0, p 0, *i .r1) i .r0'
  ${If} $0 <> 0
    StrCpy $1 -1
  ${EndIf}
!macroend

!macro TELL_WINDOWS
  ; SHCNE_ASSOCCHANGED, SHCNF_IDLIST: icons of files are drawn anew.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro REMOVE_PROGRAM_FILES
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\pressmark.exe"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\project.ico"
  Delete "$INSTDIR\README.txt"
!macroend

Function un.onInit
  SetRegView 64
FunctionEnd

Function skip_when_installed
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 != ""
    Abort
  ${EndIf}
FunctionEnd

; A folder of our own or an empty one: what lies there is replaced when a new version comes.
Function .onVerifyInstDir
  ${If} ${FileExists} "$INSTDIR\${UNINSTALLER}"
  ${OrIf} $INSTDIR == "${USUAL}"
    Return
  ${EndIf}
  FindFirst $0 $1 "$INSTDIR\*.*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      FindClose $0
      Abort
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

; ---- what is done

Section "Pressmark (required)" program
  SectionIn RO
  Call check_folder
  !insertmacro WAIT_UNTIL_CLOSED "changed"
  SetOutPath "$INSTDIR"
  !insertmacro REMOVE_PROGRAM_FILES
  WriteUninstaller "$INSTDIR\${UNINSTALLER}" ; first: it marks the folder as ours
  File /r "${SOURCE}\*.*"

  ; A team's set-up beside the installer; the one of an earlier installation stays otherwise.
  ${If} ${FileExists} "$EXEDIR\team\team.toml"
    RMDir /r "$INSTDIR\team"
    CreateDirectory "$INSTDIR\team"
    CopyFiles /SILENT "$EXEDIR\team\*.*" "$INSTDIR\team"
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\Pressmark.lnk" "$INSTDIR\${WINDOW}"

  WriteRegStr HKCU "${CLASSES}\.pressmark" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\.pressmark" "Content Type" "application/vnd.pressmark"
  WriteRegStr HKCU "${CLASSES}\.pressmark\OpenWithProgids" "${PROGID}" ""
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "Pressmark project"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" '"$INSTDIR\project.ico"'
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\${WINDOW}" "FriendlyAppName" "Pressmark"
  WriteRegStr HKCU "${CLASSES}\Applications\${WINDOW}\SupportedTypes" ".pressmark" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${WINDOW}\shell\open\command" "" \
    '"$INSTDIR\${WINDOW}" "%1"'
  !insertmacro TELL_WINDOWS

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Pressmark"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Pressmark contributors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section /o "Icon on the desktop" desktop
  CreateShortcut "$DESKTOP\Pressmark.lnk" "$INSTDIR\${WINDOW}"
SectionEnd

Section /o "Command “pressmark” in terminals (PATH)" path
  !insertmacro MEASURE_PATH
  ${If} $1 > ${LONGEST_PATH}
    DetailPrint "PATH is very long and was left alone. Add $INSTDIR to it yourself."
  ${Else}
    ReadRegStr $2 HKCU "Environment" "Path"
    ${WordFind} ";$2;" ";$INSTDIR;" "E+1{" $3
    ${If} ${Errors} ; not there yet
      ${If} $2 == ""
        StrCpy $2 "$INSTDIR"
      ${Else}
        StrCpy $2 "$2;$INSTDIR"
      ${EndIf}
      WriteRegExpandStr HKCU "Environment" "Path" "$2"
      SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
    ${EndIf}
  ${EndIf}
SectionEnd

; The folder page asks .onVerifyInstDir; a silent installation has no pages.
Function check_folder
  ${If} ${Silent}
    Call .onVerifyInstDir
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro WAIT_UNTIL_CLOSED "removed"
  !insertmacro REMOVE_PROGRAM_FILES
  RMDir /r "$INSTDIR\team"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR" ; only where nothing of the person's lies in it
  Delete "$SMPROGRAMS\Pressmark.lnk"
  Delete "$DESKTOP\Pressmark.lnk"

  ReadRegStr $0 HKCU "${CLASSES}\.pressmark" ""
  ${If} $0 == "${PROGID}"
    DeleteRegValue HKCU "${CLASSES}\.pressmark" ""
    DeleteRegValue HKCU "${CLASSES}\.pressmark" "Content Type"
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.pressmark\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.pressmark\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.pressmark"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${WINDOW}"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro TELL_WINDOWS

  !insertmacro MEASURE_PATH
  ${If} $1 > 0
  ${AndIf} $1 <= ${LONGEST_PATH}
    ReadRegStr $2 HKCU "Environment" "Path"
    ${un.WordReplace} ";$2;" ";$INSTDIR;" ";" "+" $3
    ${If} $3 != ";$2;"
      StrCpy $3 $3 -1 1 ; without the semicolons around it
      ${If} $3 == ""
      ${OrIf} $3 == ";"
        DeleteRegValue HKCU "Environment" "Path"
      ${Else}
        WriteRegExpandStr HKCU "Environment" "Path" "$3"
      ${EndIf}
      SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
    ${EndIf}
  ${EndIf}
SectionEnd

; Down here, where the numbers of the sections are known.
Function .onInit
  SetRegView 64
  ; Asked of the registry: GetVersion gives the answer that an old program expects.
  ReadRegStr $0 HKLM "Software\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${IfNot} ${RunningX64}
  ${OrIf} $0 < ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP \
      "Pressmark needs Windows 10 (version 1809 or later) or 11, with 64 bits." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${desktop} ${SF_SELECTED}
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/PATH" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${path} ${SF_SELECTED}
  ${EndIf}
FunctionEnd
